/** Write-ahead appender, flight recorder, recovery. Holds no package yet. */
module io.inkfast.crashsafe {}
