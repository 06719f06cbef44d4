"""The form of the service's own ids, such as those of qualification types and HIT types."""

import re
from typing import Final

# The service model's EntityId.
ENTITY_ID: Final = re.compile(r"[A-Z0-9]{1,64}")
