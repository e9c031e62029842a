; The setup program for Windows: for this person alone, without administrator rights, in Vietnamese and English.
; packaging/windows.py calls it with VERSION, FOLDER (the packaged program), OUT, ICON, SIDE (a picture) and SIZE_KB.
; Run again over an older version it replaces the program; event folders lie elsewhere and are never touched.
Unicode true
SetCompressor /SOLID lzma
!include MUI2.nsh
!include FileFunc.nsh
!include x64.nsh
!include WinVer.nsh

!define ID "checkin-station"
!define TYPE "CheckinStation.EventPack"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"

Name "$(ProgramName)"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\checkin-station"
InstallDirRegKey HKCU "Software\${ID}" "Folder"
ManifestDPIAware true
BrandingText "$(ProgramName) ${VERSION}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_WINDOWTITLE "Máy điểm danh / Check-in station"
!define MUI_LANGDLL_INFO "Ngôn ngữ / Language:"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\${ID}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!define MUI_WELCOMEPAGE_TEXT "$(WelcomeText)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\checkin-station.exe"
!define MUI_FINISHPAGE_TEXT "$(FinishText)"
!define MUI_FINISHPAGE_TEXT_LARGE

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString ProgramName ${LANG_VIETNAMESE} "Máy điểm danh"
LangString ProgramName ${LANG_ENGLISH} "Check-in station"
LangString PackType ${LANG_VIETNAMESE} "Gói sự kiện của máy điểm danh"
LangString PackType ${LANG_ENGLISH} "Event pack of the check-in station"
LangString NeedsWindows ${LANG_VIETNAMESE} "Cần Windows 10 (64 bit) trở lên."
LangString NeedsWindows ${LANG_ENGLISH} "Windows 10 (64 bit) or newer is needed."
LangString IsOpen ${LANG_VIETNAMESE} "Máy điểm danh đang mở. Hãy đóng cửa sổ của nó rồi bấm Retry."
LangString IsOpen ${LANG_ENGLISH} "The check-in station is open. Close its window, then press Retry."
LangString OtherThings ${LANG_VIETNAMESE} "Trong thư mục này có tệp khác, không phải của chương trình. Hãy chọn thư mục trống."
LangString OtherThings ${LANG_ENGLISH} "This folder holds other things than the program. Choose an empty folder."
LangString NoRuntime ${LANG_VIETNAMESE} "Máy này thiếu Visual C++ 2013 Runtime (x64) của Microsoft. Chương trình vẫn chạy, nhưng đọc kém hơn các mã bị nghiêng hoặc không có viền trắng. Có thể cài vcredist_x64.exe (2013) sau bất cứ lúc nào."
LangString NoRuntime ${LANG_ENGLISH} "Microsoft's Visual C++ 2013 Runtime (x64) is missing on this machine. The program works without it, but reads codes held at an angle or without a white edge less well. vcredist_x64.exe (2013) can be installed later at any time."
LangString WelcomeText ${LANG_VIETNAMESE} "Điểm danh đại biểu bằng mã QR, không cần mạng.$\r$\n$\r$\nChương trình được cài cho riêng bạn, không cần quyền quản trị. Nếu máy đã có bản cũ, bản mới sẽ thay vào chỗ đó; các sự kiện vẫn còn nguyên.$\r$\n$\r$\nHãy đóng cửa sổ máy điểm danh nếu đang mở."
LangString WelcomeText ${LANG_ENGLISH} "Checks delegates in by QR code, without internet.$\r$\n$\r$\nThe program is installed for you alone, without administrator rights. It takes the place of an older version; all events stay as they are.$\r$\n$\r$\nIf the check-in station is open, close its window first."
LangString SelfTest ${LANG_VIETNAMESE} "Máy điểm danh – tự kiểm tra"
LangString SelfTest ${LANG_ENGLISH} "Check-in station – self-test"
LangString FinishText ${LANG_VIETNAMESE} "Đã cài xong.$\r$\n$\r$\nMuốn chắc chắn trước ngày hội nghị, hãy mở “Máy điểm danh – tự kiểm tra” trong danh sách chương trình và chờ khoảng mười giây."
LangString FinishText ${LANG_ENGLISH} "The program is installed.$\r$\n$\r$\nTo be sure before the day, open “Check-in station – self-test” in the list of programs and wait for about ten seconds."
LangString EventsStay ${LANG_VIETNAMESE} "Đã gỡ chương trình. Các thư mục sự kiện vẫn còn nguyên."
LangString EventsStay ${LANG_ENGLISH} "The program is removed. All event folders are still there."

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "Check-in station"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "Setup of the check-in station"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" "MIT licence"

; A program that runs keeps its file from being opened for writing.
!macro WaitUntilClosed
  ${Do}
    ClearErrors
    ${IfNot} ${FileExists} "$INSTDIR\checkin-station.exe"
      ${ExitDo}
    ${EndIf}
    FileOpen $0 "$INSTDIR\checkin-station.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
      SetErrorLevel 2
      Quit
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IsOpen)" IDRETRY +2
    Quit
  ${Loop}
!macroend

!macro RemoveShortcut NAME
  ReadRegStr $0 HKCU "Software\${ID}" "${NAME}"
  ${If} $0 != ""
    Delete "$0"
  ${EndIf}
!macroend

!macro RemoveShortcuts
  !insertmacro RemoveShortcut "Shortcut"
  !insertmacro RemoveShortcut "SelfTest"
!macroend

Function .onInit
  StrCpy $LANGUAGE ${LANG_VIETNAMESE} ; the first choice; whoever chose before keeps theirs
  !insertmacro MUI_LANGDLL_DISPLAY
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(NeedsWindows)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

Section
  SetShellVarContext current
  !insertmacro WaitUntilClosed
  ; Only an older program is cleared away, never a folder that somebody keeps other things in.
  ${If} ${FileExists} "$INSTDIR\checkin-station.exe"
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\licences"
  ${Else}
    ${DirState} "$INSTDIR" $0
    ${If} $0 == 1
      MessageBox MB_OK|MB_ICONSTOP "$(OtherThings)" /SD IDOK
      SetErrorLevel 4
      Quit
    ${EndIf}
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  !insertmacro RemoveShortcuts ; of an installation in the other language
  CreateShortcut "$SMPROGRAMS\$(ProgramName).lnk" "$INSTDIR\checkin-station.exe"
  CreateShortcut "$SMPROGRAMS\$(SelfTest).lnk" "$SYSDIR\cmd.exe" '/k ""$INSTDIR\checkin-station-console.exe" selftest"' "$INSTDIR\checkin-station.exe"
  WriteRegStr HKCU "Software\${ID}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\${ID}" "Shortcut" "$SMPROGRAMS\$(ProgramName).lnk"
  WriteRegStr HKCU "Software\${ID}" "SelfTest" "$SMPROGRAMS\$(SelfTest).lnk"
  WriteRegStr HKCU "Software\Classes\.ckpack" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "$(PackType)"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\checkin-station.exe,0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\checkin-station.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "$(ProgramName)"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\checkin-station.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  ${DisableX64FSRedirection}
  ${IfNot} ${FileExists} "$WINDIR\System32\msvcr120.dll"
    MessageBox MB_OK|MB_ICONINFORMATION "$(NoRuntime)" /SD IDOK
  ${EndIf}
  ${EnableX64FSRedirection}
SectionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section Uninstall
  SetShellVarContext current
  !insertmacro WaitUntilClosed
  ; By name: an event folder that somebody keeps in here stays.
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\checkin-station.exe"
  Delete "$INSTDIR\checkin-station-console.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  !insertmacro RemoveShortcuts
  ReadRegStr $0 HKCU "Software\Classes\.ckpack" ""
  ${If} $0 == "${TYPE}"
    DeleteRegKey HKCU "Software\Classes\.ckpack"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${ID}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  MessageBox MB_OK|MB_ICONINFORMATION "$(EventsStay)" /SD IDOK
SectionEnd
