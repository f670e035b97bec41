"""`python -m pilkades.cli`, for the USB folder, which has no installed script."""

import sys

from pilkades.cli.main import main

sys.exit(main())
