#!/bin/sh
# Print a Python of 3.11 or later that can make environments, or else any of 3.11 or later, or else nothing.
able=''
for name in python3.11 python3.12 python3.13 python3 python; do
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    "$name" -c 'import ensurepip, venv' >/dev/null 2>&1 && { echo "$name"; exit 0; }
    [ -n "$able" ] || able=$name
done
echo "$able"
