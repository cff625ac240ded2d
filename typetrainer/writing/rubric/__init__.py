"""How a written answer is judged: the table and its arithmetic are contracts/scoring.md."""
