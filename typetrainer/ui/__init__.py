"""The terminal: pure views, a painter, stamped input. The only place that knows prompt_toolkit."""
