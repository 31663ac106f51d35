/** One job at a time, in order; urgent ones overtake those that wait. */
export interface RunQueue {
  run<Result>(job: () => Promise<Result>, urgent?: boolean): Promise<Result>;
}

export function createRunQueue(): RunQueue {
  const urgentJobs: (() => Promise<void>)[] = [];
  const otherJobs: (() => Promise<void>)[] = [];
  let running = false;

  async function runAll(): Promise<void> {
    running = true;
    for (let job = next(); job !== undefined; job = next()) await job();
    running = false;
  }

  function next(): (() => Promise<void>) | undefined {
    return urgentJobs.shift() ?? otherJobs.shift();
  }

  return {
    run(job, urgent = false) {
      return new Promise((resolve, reject) => {
        (urgent ? urgentJobs : otherJobs).push(() => job().then(resolve, reject));
        if (!running) void runAll();
      });
    },
  };
}
