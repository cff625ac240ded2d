"""LanguageTool: how it is installed, started, asked, and what of its answers we use."""
