using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Monetary;

public sealed class RateBookTests
{
    [Fact]
    public void Newest_rate_of_the_time_that_is_known_is_found()
    {
        RateBook book = new(
            [Rate("a", 0.91m, day: 2), Rate("c", 0.93m, day: 4, recorded: 6), Rate("b", 0.92m, day: 3)]);

        Found(book, from: 2, to: 5, known: 9).Should().Be("c");
        Found(book, from: 2, to: 5, known: 5).Should().Be("b", "the newest is not known yet");
        Found(book, from: 2, to: 3, known: 9).Should().Be("a", "the end does not count");
        Found(book, from: 4, to: 4, known: 9).Should().BeNull();
        Found(book, from: 5, to: 9, known: 9).Should().BeNull();
    }

    [Fact]
    public void Nothing_is_turned_round_and_no_other_source_counts()
    {
        RateBook book = new([Rate("a", 0.91m, day: 2)]);
        RateNeed need = Need(1, 3, 9);

        book.Find(need).Should().NotBeNull();
        book.Find(need with { From = Currency.Eur, To = Currency.Usd }).Should().BeNull();
        book.Find(need with { To = Currency.Gbp }).Should().BeNull();
        book.Find(need with { Source = "house" }).Should().BeNull();
        RateBook.Empty.Find(need).Should().BeNull();
    }

    [Fact]
    public void Rate_under_an_id_that_is_taken_is_a_conflict_and_converts_nothing()
    {
        RecordedRate first = Rate("a", 0.91m, day: 2);
        RecordedRate other = Rate("a", 0.99m, day: 2, recorded: 3);

        RateBook book = new([other, first, first with { RecordedAt = At(4) }]);

        book.Conflicts.Should().Equal(other);
        book.Find(Need(1, 3, 9))!.Rate.Should().Be(0.91m);
    }

    [Fact]
    public void Rate_is_not_known_before_the_instant_it_is_of() =>
        Found(new([Rate("a", 0.91m, day: 4, recorded: 1)]), from: 1, to: 9, known: 3).Should().BeNull();

    [Fact]
    public void Book_is_read_back_as_it_was()
    {
        RateBook book = new(
            [Rate("a", 0.91m, day: 2), Rate("a", 0.99m, day: 2, recorded: 3), Rate("b", 0.92m, day: 3, recorded: 5)]);

        RateBook read = TermJson.Parse(TermJson.Write(book), RateBook.Read);

        TermJson.Write(read).Should().Be(TermJson.Write(book)).And.Contain("\"recordedAt\"");
        read.Conflicts.Should().Equal(book.Conflicts);
        TermJson.TryParse("""{ "rates": [ { "id": "a", "rate": 1 } ] }""", RateBook.Read, [], out _).Should().BeFalse();
    }

    private static string? Found(RateBook book, int from, int to, int known) => book.Find(Need(from, to, known))?.Id;

    private static RateNeed Need(int from, int to, int known) =>
        new(Currency.Usd, Currency.Eur, "ecb", At(from), At(to), At(known));

    private static RecordedRate Rate(string id, decimal rate, int day, int? recorded = null) =>
        new(new(id, Currency.Usd, Currency.Eur, rate, "ecb", At(day)), At(recorded ?? day));

    private static Instant At(int day) => Instant.FromUtc(2026, 3, day, 15, 0);
}
