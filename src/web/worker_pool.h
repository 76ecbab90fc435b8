// Threads that run what may block: handlers, with their database work. The queue before them is short and stated, so
// that overload is answered at once and never grows into minutes of waiting.
#pragma once

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace reachable::web {

/// One thing to do on a worker. Must not throw.
class Work {
  public:
    Work() = default;
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;
    virtual ~Work() = default;
    virtual void run() = 0;
};

class WorkerPool {
  public:
    WorkerPool(std::size_t threads, std::size_t most_waiting);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Takes the work, or gives false when `most_waiting` pieces wait for a free thread already.
    bool offer(std::shared_ptr<Work> work);

    /// Drops what still waits and lets running work finish until the given moment. Gives how many threads were still
    /// busy then: those are left to themselves and touch nothing of the pool's afterwards.
    std::size_t stop(std::chrono::steady_clock::time_point until);

  private:
    struct Inside;
    static void work(const std::shared_ptr<Inside>& inside);

    std::shared_ptr<Inside> inside_; // shared with the threads, so that one left behind finds it alive
    std::vector<std::thread> threads_;
};

} // namespace reachable::web
