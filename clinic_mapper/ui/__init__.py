"""Where people see it: Qt Widgets that show values and send commands, and hold no rules."""
