from django.apps import AppConfig
from django.conf import settings


class DocumentsConfig(AppConfig):
    name = "zhongshu.registers.documents"
    label = "documents"

    def ready(self) -> None:
        from zhongshu.registers.documents import doors
        from zhongshu.registers.documents.file_store import FileStore

        doors.store = FileStore(settings.DOCUMENT_STORE)
