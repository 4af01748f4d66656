; Inno Setup 6: an installer for one person (no administrator needed) or for all.
; Build the folder first (packaging\package.py), then: iscc /DVersion=0.1.0 packaging\windows\commission-app.iss
#ifndef Version
  #error Give the version: iscc /DVersion=0.1.0 commission-app.iss
#endif
#define Built "..\..\build\package"

[Setup]
AppId={{6F2C0B1E-5C0B-4B0D-9A53-1C5C7A3E8D11}
AppName=Commission App
AppVersion={#Version}
AppPublisher=The Commission App authors
DefaultDirName={autopf}\Commission App
DefaultGroupName=Commission App
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
SetupIconFile={#Built}\icons\commission-app.ico
UninstallDisplayIcon={app}\commission-app.exe
OutputDir=..\..\dist
OutputBaseFilename=commission-app-{#Version}-setup
ChangesAssociations=yes
CloseApplications=yes
WizardStyle=modern

[Files]
Source: "{#Built}\dist\commission-app\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "{#Built}\icons\commission-document.ico"; DestDir: "{app}"; Flags: ignoreversion

[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\Commission App"; Filename: "{app}\commission-app.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\.commission"; ValueType: string; ValueData: "CommissionApp.Record"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\CommissionApp.Record"; ValueType: string; ValueData: "Record of a commission"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\CommissionApp.Record\DefaultIcon"; ValueType: string; ValueData: "{app}\commission-document.ico"
Root: HKA; Subkey: "Software\Classes\CommissionApp.Record\shell\open\command"; ValueType: string; ValueData: """{app}\commission-app.exe"" ""%1"""

[Run]
Filename: "{app}\commission-app-cli.exe"; Parameters: "self-test"; Description: "Try the program on this computer"; Flags: postinstall skipifsilent unchecked
Filename: "{app}\commission-app.exe"; Description: "Open Commission App"; Flags: postinstall nowait skipifsilent
