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
"%java%" -Xms32m -XX:+UseParallelGC -XX:GCTimeRatio=9 -XX:+ExitOnOutOfMemoryError %WAYBILL_JAVA_OPTS% "-Dwaybill.home=%home%." -Dwaybill.terminal=true -jar "%home%waybill.jar" %*
exit /b %errorlevel%
