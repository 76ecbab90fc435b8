// A value that must not reach a log, an exception text or a stream by accident.
#pragma once

#include <utility>

namespace reachable {

/// Holds a secret or a personal value. It has no operator<< and no formatter; `reveal()` is easy to search for.
template <class T>
class Sensitive {
  public:
    Sensitive() = default;
    explicit Sensitive(T value) : value_(std::move(value)) {}
    const T& reveal() const { return value_; }
    bool operator==(const Sensitive&) const = default;

  private:
    T value_{};
};

} // namespace reachable
