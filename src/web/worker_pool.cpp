#include "web/worker_pool.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace reachable::web {

struct WorkerPool::Inside {
    std::mutex mutex;
    std::condition_variable has_work;
    std::condition_variable is_over;
    std::deque<std::shared_ptr<Work>> waiting;
    std::vector<std::thread::id> ended;
    std::size_t most_waiting = 0;
    std::size_t idle = 0;
    bool is_stopping = false;
};

WorkerPool::WorkerPool(std::size_t threads, std::size_t most_waiting) : inside_(std::make_shared<Inside>())
{
    inside_->most_waiting = most_waiting;
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([inside = inside_] { work(inside); });
}

WorkerPool::~WorkerPool()
{
    stop(std::chrono::steady_clock::now());
}

bool WorkerPool::offer(std::shared_ptr<Work> work)
{
    bool has_somebody_to_wake = false;
    {
        const std::lock_guard lock(inside_->mutex);
        // Work that an idle thread is about to take does not count as waiting.
        if (inside_->is_stopping || inside_->waiting.size() >= inside_->most_waiting + inside_->idle) return false;
        inside_->waiting.push_back(std::move(work));
        has_somebody_to_wake = inside_->idle > 0;
    }
    if (has_somebody_to_wake) inside_->has_work.notify_one();
    return true;
}

void WorkerPool::work(const std::shared_ptr<Inside>& inside)
{
    std::unique_lock lock(inside->mutex);
    for (;;) {
        ++inside->idle;
        inside->has_work.wait(lock, [&] { return inside->is_stopping || !inside->waiting.empty(); });
        --inside->idle;
        if (inside->is_stopping) break;
        auto next = std::move(inside->waiting.front());
        inside->waiting.pop_front();
        lock.unlock();
        next->run();
        next.reset();
        lock.lock();
    }
    inside->ended.push_back(std::this_thread::get_id());
    inside->is_over.notify_all();
}

std::size_t WorkerPool::stop(std::chrono::steady_clock::time_point until)
{
    std::deque<std::shared_ptr<Work>> dropped;
    std::vector<std::thread::id> ended;
    {
        std::unique_lock lock(inside_->mutex);
        inside_->is_stopping = true;
        dropped.swap(inside_->waiting);
        inside_->has_work.notify_all();
        inside_->is_over.wait_until(lock, until, [&] { return inside_->ended.size() >= threads_.size(); });
        ended = inside_->ended;
    }
    std::size_t busy = 0;
    for (auto& thread : threads_) {
        if (std::find(ended.begin(), ended.end(), thread.get_id()) != ended.end()) {
            thread.join();
        } else {
            thread.detach();
            ++busy;
        }
    }
    threads_.clear();
    return busy;
}

} // namespace reachable::web
