"""REST of elections: the public village, the work of offices, files, drawing, set-up proof.

Reads call the selectors of the pages, writes the services of the pages, and who may do what is
asked by `elections.requests` as the pages ask it.
"""

from ninja import Router

from pilkades.apps.elections.api.complaints import router as complaints
from pilkades.apps.elections.api.drawing import router as drawing
from pilkades.apps.elections.api.files import router as files
from pilkades.apps.elections.api.offices import router as offices
from pilkades.apps.elections.api.proof import router as proof
from pilkades.apps.elections.api.public import router as public
from pilkades.apps.elections.api.tasks import router as tasks

router = Router()
router.add_router("", public, tags=["pemilihan"])
router.add_router("", offices, tags=["kantor"])
router.add_router("", tasks, tags=["tugas"])
router.add_router("", files, tags=["berkas"])
router.add_router("", complaints, tags=["masukan"])
router.add_router("", drawing, tags=["undian"])
router.add_router("", proof, tags=["cetak coba"])
