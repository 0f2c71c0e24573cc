import time, subprocess
import time
from zhongshu.main.tests.test_survival import city, eventually

def test_it(city):
    for r in range(7):
        n=(city.platform.var/"log").stat().st_size
        with city.at_work(f"database{r}", least=6):
            time.sleep(1)
            killed = city.platform.postmaster(); killed.kill()
            eventually(lambda before=killed.pid: city.platform.postmaster().pid != before, "another database")
            city.platform.whole()
        t=time.monotonic()
        try: eventually(city.is_told,"x",40); print("told after",time.monotonic()-t)
        except AssertionError: print("STUCK")
        else: continue
        print(city.ask("SELECT count(*) FROM messages_message"), 5*len(city.keys), city.ask("SELECT status,worker_id,attempts,scheduled_at,count(*) FROM procrastinate_jobs GROUP BY 1,2,3,4"), city.ask("select id, now()-last_heartbeat from procrastinate_workers"), city.ask("select reader, xid, entry from journal_cursor"), city.ask("select max(id) from journal_entry"))
        print([ (p.pid,ts_words(p)[4:]) for p in city.platform.family()])
        print((city.platform.var/"log").read_bytes()[n:][-6000:].decode())
from zhongshu.main.tests.running import _words as ts_words
