// Values as PostgreSQL's binary format has them.
#pragma once

#include "storage/database.h"

#include <array>

struct pg_result;

namespace reachable::storage {

/// The arrays libpq wants for the parameters of one statement. Points into `values`, which must outlive it.
class PostgresqlParameters {
  public:
    explicit PostgresqlParameters(const Values& values);
    int count() const { return static_cast<int>(pointers_.size()); }
    const char* const* pointers() const { return pointers_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

  private:
    std::vector<std::array<char, 8>> numbers_;
    std::vector<const char*> pointers_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

/// The type of each value as PostgreSQL numbers them; 0 where there is none and the server has to infer it.
std::vector<unsigned> types_of(const Values& values);

/// The rows of a result in binary. A column that is no whole number, text or bytea is a Bug.
Rows rows_of(const pg_result* result);

} // namespace reachable::storage
