#include "storage/database.h"

namespace reachable::storage {

namespace {

template <class T>
const T& held(const Values& values, std::size_t column)
{
    CHECK(column < values.size(), "A row has fewer columns than that");
    const T* value = std::get_if<T>(&values[column]);
    CHECK(value != nullptr, "Column " + std::to_string(column) + " holds nothing or another kind of value");
    return *value;
}

} // namespace

bool Row::is_null(std::size_t column) const
{
    CHECK(column < values_.size(), "A row has fewer columns than that");
    return std::holds_alternative<std::monostate>(values_[column]);
}

std::int64_t Row::integer(std::size_t column) const
{
    return held<std::int64_t>(values_, column);
}

const std::string& Row::text(std::size_t column) const
{
    return held<std::string>(values_, column);
}

const Bytes& Row::bytes(std::size_t column) const
{
    return held<Bytes>(values_, column);
}

} // namespace reachable::storage
