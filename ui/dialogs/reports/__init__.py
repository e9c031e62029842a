"""Which reports an export holds, with which fields, and what official forms say of the organiser."""
