#!/usr/bin/env bash
# Ends the action with the tool's exit code.
set -euo pipefail

echo "modelgate: ${MODELGATE_VERDICT:-inconclusive}"
case ${MODELGATE_EXIT_CODE:-} in
  0 | 1) exit "$MODELGATE_EXIT_CODE" ;;
  *) exit 2 ;;
esac
