"""The register of briefings: issued editions, frozen, each with its row; nothing in it is ever written over."""
