# expect: status=ok; result='[]'
# profiles: compute
# `interpreter` may: Tests/EndToEnd/test_children.py shows that it works there.
# with: kernel
# The standard library's own ways to start processes end in an exception, not in a hang.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import concurrent.futures
import multiprocessing
found = []
for method in ('fork', 'spawn', 'forkserver'):
    def start():
        process = multiprocessing.get_context(method).Process(target=print)
        process.start()
        process.join(1)
    answer = attempt(start)
    if answer.startswith('allowed'):
        found.append(f'{method}: {answer}')
def pool():
    with concurrent.futures.ProcessPoolExecutor(1) as executor:
        return executor.submit(abs, -1).result(timeout=1)
answer = attempt(pool)
if answer.startswith('allowed'):
    found.append(f'pool: {answer}')
found
