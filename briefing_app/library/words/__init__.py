"""Words as the library compares them: folded, stemmed, by language."""
