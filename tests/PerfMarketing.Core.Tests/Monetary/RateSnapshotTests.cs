using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Monetary;

public sealed class RateSnapshotTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 2, 15, 0) + Duration.FromNanoseconds(1);
    private static readonly Currency Inr = Currency.Parse("INR", null);

    // Source: cases/billing-cases.json, kind fx.
    [Fact]
    public void A_conversion_is_exact_and_rounds_once_in_the_other_currency()
    {
        RateSnapshot rate = new("ecb-1", Currency.Eur, Currency.Jpy, 148.72m, "ecb", At);
        Accrual yen = rate.Convert(123.45m.Eur);

        yen.Amount.Should().Be(18359.484m);
        yen.Round().Should().Be(Money.FromMinor(18359, Currency.Jpy), "fx-eur-jpy-exponent");
    }

    // Source: cases/billing-cases.json, kind fx: the rate is quoted the other way round.
    [Fact]
    public void A_conversion_back_is_rounded_once()
    {
        RateSnapshot rate = new("r-7", Currency.Usd, Inr, 82.42135m, "house", At);
        Money booked = rate.Convert(100.Usd).Round();

        booked.Should().Be(Money.FromMinor(824_214, Inr), "fx-roundtrip-same-snapshot");
        rate.ConvertBack(booked).Should().Be(100.Usd, "fx-roundtrip-same-snapshot");
        (booked + -booked).Should().Be(Money.Zero(Inr), "a reversal reuses the booked amount");
    }

    [Fact]
    public void Every_conversion_back_is_the_nearest_amount() => Any.Holds(
        from minor in Any.Minor
        from rate in Gen.Choose(1, int.MaxValue)
        from decimals in Gen.Choose(0, 9)
        from mode in Gen.Elements(Enum.GetValues<RoundingMode>())
        select (minor % 1_000_000, Rate: new decimal(rate, 0, 0, false, (byte)decimals), mode),
        static v =>
        {
            RateSnapshot rate = v.Rate > 1_000_000_000m || v.Rate < 0.001m
                ? new("r", Currency.Eur, Inr, 1.5m, "house", At)
                : new("r", Currency.Eur, Inr, v.Rate, "house", At);
            Accrual amount = Money.FromMinor(v.Item1, Inr);
            return ((Fraction)amount.Amount / rate.Rate).Round(2, v.mode).Is(rate.ConvertBack(amount, v.mode).Amount);
        });

    [Fact]
    public void Another_currency_is_refused()
    {
        RateSnapshot rate = new("r-7", Currency.Usd, Inr, 82.42135m, "house", At);

        FluentActions.Invoking(() => rate.Convert(1.Eur)).Should().Throw<CurrencyMismatchException>();
        FluentActions.Invoking(() => rate.ConvertBack(1.Usd)).Should().Throw<CurrencyMismatchException>();
        FluentActions.Invoking(() => rate.Convert(default(Accrual))).Should().Throw<CurrencyMismatchException>();
    }

    public static TheoryData<string, string, string, string, decimal, string> Invalid => new()
    {
        { "id", "", "USD", "INR", 1m, "house" },
        { "id", "a b", "USD", "INR", 1m, "house" },
        { "source", "r", "USD", "INR", 1m, new('x', 65) },
        { "to", "r", "USD", "USD", 1m, "house" },
        { "rate", "r", "USD", "INR", 0m, "house" },
        { "rate", "r", "USD", "INR", -1m, "house" },
        { "rate", "r", "USD", "INR", 1.000_000_000_1m, "house" },
        { "rate", "r", "USD", "INR", 1_000_000_001m, "house" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_is_out_of_range_is_refused_by_name(
        string name, string id, string from, string to, decimal rate, string source)
    {
        Action make = () =>
            _ = new RateSnapshot(id, Currency.Parse(from, null), Currency.Parse(to, null), rate, source, At);
        TermWriter terms = new();
        terms.Value("id", id);
        terms.Value("from", from);
        terms.Value("to", to);
        terms.Number("rate", rate);
        terms.Value("source", source);
        terms.Instant("at", At);
        TermFailures failures = [];

        make.Should().Throw<ArgumentException>().Which.ParamName.Should().Be(name);
        TermReader.Read(terms.ToNode(), failures, RateSnapshot.Read).Should().BeNull();
        failures.Should().ContainSingle().Which.Path.Should().Be("$." + name);
    }

    [Fact]
    public void Terms_come_back_to_the_nanosecond()
    {
        RateSnapshot rate = new("r-7", Currency.Usd, Inr, 82.421350m, "house", At);
        TermFailures failures = [];

        TermReader.Read(TermNode.Of(rate), failures, RateSnapshot.Read).Should().Be(rate);
        failures.Should().BeEmpty();
        TermNode.Of(rate).Find("rate")!.Text.Should().Be("82.42135");
    }

    [Fact]
    public void Absent_terms_are_noted_once_each()
    {
        TermFailures failures = [];
        TermReader.Read(TermNode.OfObject([], []), failures, RateSnapshot.Read);

        failures.Select(static f => f.Code).Should().HaveCount(6).And.OnlyContain(static c => c == TermCodes.Missing);
    }
}
