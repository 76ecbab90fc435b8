// The index in a file, and out of it again. What takes long to work out stands there; the rest is worked out anew.
#include "identity/search_index.h"
#include "identity/search_parts.h"
#include "identity/snapshot_file.h"

namespace reachable::identity {

namespace {

/// The texts of all words, one after another.
struct Texts {
    LargeArray<char> letters;
    LargeArray<std::uint32_t> lengths;

    template <class File, class Of>
    static void pass(File& file, Of& texts)
    {
        file.pass(texts.letters);
        file.pass(texts.lengths);
    }
};

/// What is near the words that many bear.
struct NearCommon {
    std::vector<WordId> words;
    std::vector<std::uint32_t> counts;
    std::vector<NearWord> near;

    template <class File, class Of>
    static void pass(File& file, Of& common)
    {
        file.pass(common.words);
        file.pass(common.counts);
        file.pass(common.near);
    }
};

/// Waits for the checks of arrays that are about to go.
class AllChecked {
  public:
    explicit AllChecked(SnapshotReader& file) : file_(file) {}
    ~AllChecked() { file_.is_whole(); }
    AllChecked(const AllChecked&) = delete;
    AllChecked& operator=(const AllChecked&) = delete;

  private:
    SnapshotReader& file_;
};

} // namespace

/// One order for writing and for reading.
template <class File, class Index, class Built>
void SearchIndex::pass(File& file, Index& index, Built& lists)
{
    file.pass(index.rows_);
    file.pass(index.persons_);
    for (auto* list : {&lists.by_given, &lists.by_family}) {
        file.pass(list->starts);
        file.pass(list->entries);
    }
    file.pass(lists.by_date.starts);
    file.pass(lists.by_date.entries);
    for (auto* list : {&lists.by_postcode, &lists.by_phone, &lists.by_identifier}) file.pass(*list);
    lists.near.pass(file);
    file.pass(index.new_words_);
}

void SearchIndex::put(SnapshotWriter& file) const
{
    Texts texts;
    for (WordId word = 1; word < vocabulary_.size(); ++word) {
        const auto text = vocabulary_.text(word);
        texts.letters.insert(texts.letters.end(), text.begin(), text.end());
        texts.lengths.push_back(static_cast<std::uint32_t>(text.size()));
    }
    NearCommon common;
    for (const auto& [word, near] : lists_->near_common) {
        common.words.push_back(word);
        common.counts.push_back(static_cast<std::uint32_t>(near.size()));
        common.near.insert(common.near.end(), near.begin(), near.end());
    }
    file.pass(std::vector<std::uint64_t>{lists_->row_count});
    Texts::pass(file, texts);
    NearCommon::pass(file, common);
    pass(file, *this, *lists_);
}

bool SearchIndex::take(SnapshotReader& file)
{
    CHECK(rows_.empty(), "an index is taken from a file before anything is added");
    std::vector<std::uint64_t> frozen;
    Texts texts;
    NearCommon common;
    auto lists = std::make_shared<Lists>();
    const AllChecked before_they_go(file);
    file.pass(frozen);
    Texts::pass(file, texts);
    if (!file.is_whole() || frozen.size() != 1) return false;
    lists->row_count = frozen[0];
    // In the order in which they came each word gets the number it had; the rest of the file is read meanwhile.
    auto words = std::async(std::launch::async, [&] {
        std::string_view letters(texts.letters.data(), texts.letters.size());
        initials_.push_back({});
        for (const auto length : texts.lengths) {
            initials_.push_back(letters.front());
            vocabulary_.add(letters.substr(0, length));
            letters.remove_prefix(length);
        }
    });
    NearCommon::pass(file, common);
    pass(file, *this, *lists);
    words.wait();
    if (!file.is_whole() || vocabulary_.size() != texts.lengths.size() + 1) return false;

    auto near = common.near.begin();
    for (std::size_t i = 0; i < common.words.size(); ++i) {
        const auto end = near + common.counts[i];
        lists->near_common.emplace(common.words[i], std::vector(near, end));
        near = end;
    }
    for (const auto& row : rows_) {
        for (const auto word : row.given) given_counts_.count(word);
        for (const auto word : row.family) family_counts_.count(word);
    }
    build_commonness(*lists);
    lists_ = std::move(lists);
    return true;
}

} // namespace reachable::identity
