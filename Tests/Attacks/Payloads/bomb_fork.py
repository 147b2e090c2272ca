# expect: status=ok; result="['BlockingIOError']"
# profiles: compute
# `interpreter` may fork: see children_bomb.
# Ten thousand attempts: each is refused at once, none leaves anything.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

outcomes = set()
for _ in range(10_000):
    try:
        outcomes.add(f'forked {os.fork()}')
    except OSError as error:
        outcomes.add(type(error).__name__)
sorted(outcomes)
