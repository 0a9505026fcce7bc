"""What people see and touch: Qt widgets over the core's values, with no facts of their own."""
