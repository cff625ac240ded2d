"""Plain lines for screen readers and simple terminals: no cursor addressing, no colours, no clock chatter."""
