// Records as JSON documents. A writer leaves out what is empty; a reader takes a missing member for its default and
// gathers every problem with the path of the member, so that a form or a caller of the API sees all of them at once.
#pragma once

#include "base/id.h"
#include "base/json.h"
#include "base/time.h"

#include <fmt/format.h>
#include <optional>

namespace reachable::records {

/// Builds one object, member by member, in the order of the calls.
class DocumentWriter {
  public:
    void text(std::string_view name, std::string_view value);
    void texts(std::string_view name, const std::vector<std::string>& values);
    /// Left out when false.
    void flag(std::string_view name, bool value);
    /// Left out when nobody has said.
    void answer(std::string_view name, std::optional<bool> value);
    void number(std::string_view name, std::int64_t value);
    void day(std::string_view name, const std::optional<CivilDate>& value);
    void day(std::string_view name, const std::optional<PartialDate>& value);
    void time(std::string_view name, const std::optional<UtcTime>& value);
    template <class AnyId>
    void id(std::string_view name, const AnyId& value)
    {
        if (!value.is_none()) text(name, value.text());
    }
    /// An object inside, written by `write(DocumentWriter&, const T&)`.
    template <class T>
    void part(std::string_view name, const T& value)
    {
        DocumentWriter inner;
        write(inner, value);
        json_.set(name, inner.take());
    }
    template <class T>
    void list(std::string_view name, const std::vector<T>& values)
    {
        if (values.empty()) return;
        auto items = Json::list();
        for (const auto& value : values) {
            DocumentWriter inner;
            write(inner, value);
            items.add(inner.take());
        }
        json_.set(name, std::move(items));
    }
    Json take() { return std::move(json_); }

  private:
    Json json_ = Json::object();
};

/// Reads one object. The document must outlive the reader.
class DocumentReader {
  public:
    explicit DocumentReader(const Json& document) : document_(document), problems_(own_problems_) { expect_object(); }
    DocumentReader(const DocumentReader&) = delete;

    std::string text(std::string_view name);
    std::vector<std::string> texts(std::string_view name);
    bool flag(std::string_view name) { return answer(name).value_or(false); }
    std::optional<bool> answer(std::string_view name);
    std::optional<std::int64_t> number(std::string_view name);

    /// A text that `parse` understands; nothing when the member is missing or refused.
    template <class T>
    std::optional<T> maybe(std::string_view name, Result<T> (*parse)(std::string_view))
    {
        const auto* member = find_text(name);
        if (member == nullptr) return std::nullopt;
        auto value = parse(*member);
        if (value) return *std::move(value);
        for (auto& problem : value.error()) add(problem.kind, std::move(problem.sentence), name);
        return std::nullopt;
    }
    template <class T>
    T read(std::string_view name, Result<T> (*parse)(std::string_view), T otherwise)
    {
        return maybe<T>(name, parse).value_or(std::move(otherwise));
    }
    template <class AnyId>
    AnyId id(std::string_view name)
    {
        return read<AnyId>(name, &AnyId::parse, AnyId{});
    }
    /// An object inside; the default when it is missing.
    template <class T>
    T part(std::string_view name, T (*read_part)(DocumentReader&))
    {
        const auto* member = find(name);
        if (member == nullptr) return T{};
        DocumentReader inner(*member, problems_, path_of(name));
        return read_part(inner);
    }
    template <class T>
    std::vector<T> list(std::string_view name, T (*read_item)(DocumentReader&))
    {
        std::vector<T> values;
        for (const auto* items = find_list(name); items != nullptr && values.size() < items->size();) {
            DocumentReader inner((*items)[values.size()], problems_,
                                 fmt::format("{}.{}", path_of(name), values.size()));
            values.push_back(read_item(inner));
        }
        return values;
    }

    bool has(std::string_view name) const { return find(name) != nullptr; }
    /// True when a problem with the member of that name is known already.
    bool has_problem(std::string_view name) const;
    bool is_good() const { return problems_.empty(); }
    /// Adds a problem with the member of that name.
    void add(ProblemKind kind, std::string sentence, std::string_view name);
    /// The value when every member could be read; every problem otherwise.
    template <class T>
    Result<T> give(T value)
    {
        if (!problems_.empty()) return refuse(std::move(problems_));
        return value;
    }

  private:
    DocumentReader(const Json& document, Problems& problems, std::string path)
        : document_(document), path_(std::move(path)), problems_(problems)
    {
        expect_object();
    }
    void expect_object();
    std::string path_of(std::string_view name) const;
    /// The member, unless it is missing or null.
    const Json* find(std::string_view name) const;
    const std::string* find_text(std::string_view name);
    const Json::List* find_list(std::string_view name);

    const Json& document_;
    std::string path_;
    Problems own_problems_;
    Problems& problems_;
};

} // namespace reachable::records
