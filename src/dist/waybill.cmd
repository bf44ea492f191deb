@echo off
rem Runs Waybill as it was unpacked. Needs Java 17 or newer.
setlocal
set "home=%~dp0"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -version >nul 2>&1
if errorlevel 1 (
  echo Waybill needs Java 17 or newer: install one, or set JAVA_HOME. 1>&2
  exit /b 2
)
rem By its bare name: what stands in the brackets below takes no quotes around a folder with blanks.
if defined JAVA_HOME set "PATH=%JAVA_HOME%\bin;%PATH%"
set "version=17"
for /f "tokens=3" %%v in ('java -version 2^>^&1 ^| findstr /c:" version "') do set "version=%%~v"
set "major=17"
for /f "tokens=1,2 delims=.-" %%a in ("%version%") do if "%%a"=="1" (set "major=%%b") else (set "major=%%a")
if %major% LSS 17 (
  echo Waybill needs Java 17 or newer; "%java%" is Java %major%: install one, or set JAVA_HOME. 1>&2
  exit /b 2
)
"%java%" -Xms32m -XX:+UseParallelGC -XX:GCTimeRatio=9 -XX:+ExitOnOutOfMemoryError %WAYBILL_JAVA_OPTS% "-Dwaybill.home=%home%." -Dwaybill.terminal=true -jar "%home%waybill.jar" %*
exit /b %errorlevel%
