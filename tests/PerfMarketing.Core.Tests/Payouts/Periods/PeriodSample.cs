using NodaTime;
using NodaTime.Text;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Payouts.Periods;

/// <summary>Months of one contract in UTC, with short ways to say what was brought and to close them.</summary>
internal sealed class PeriodSample
{
    public const string Blog = "p-blog";

    private readonly PeriodPricing pricing = new();
    private readonly PeriodHistory history = new(Currency.Eur);
    private Accrual balance = Accrual.Zero(Currency.Eur);

    /// <summary>
    /// Notes what a partner brought in a month: value, count and quantity, and what was posted for it.
    /// </summary>
    public PeriodSample Brought(
        string month,
        decimal value = 0,
        decimal earned = 0,
        decimal count = 1,
        decimal quantity = 0,
        string clause = "sale",
        string partner = Blog,
        params (string Name, decimal Amount)[] facts)
    {
        Tally tally = new(count, quantity, new(value, Currency.Eur), new(earned, Currency.Eur))
        {
            Facts = [.. facts.Select(static f => new TallyFact(f.Name, f.Amount)).OrderBy(static f => f.Name)],
        };
        history.Add(Month(month), new(partner), new(clause), new(tally, new(earned, Currency.Eur)));
        return this;
    }

    /// <summary>Closes a month, and carries the balance into the next one.</summary>
    public PricedPeriod Close(PeriodPayout pays, string month, string? inForce = null, Instant? since = null)
    {
        PeriodClause clause = new(new() { Id = new("extra"), Pays = pays }, []);
        CalendarPeriod period = Month(month);
        PricedPeriod priced = pricing.Price(clause, new()
        {
            Period = period,
            Partner = new(Blog),
            History = history,
            InForce = inForce?.Split(' ').Select(static text => DateRange.Parse(text)).ToValueList(),
            Since = since ?? Instant.MinValue,
            Partners = [new("p-mail"), new(Blog), new("p-shop")],
            Balance = balance,
        });
        history.AddPaid(period, new(Blog), new("extra"), priced.Amount);
        balance = priced.Closing;
        return priced;
    }

    public static string[] Lines(PricedPeriod priced) => [.. priced.Payout.Lines.Select(static l => l.ToString())];

    public static CalendarPeriod Month(string month) =>
        ContractCalendar.Utc.Month(YearMonthPattern.Iso.Parse(month).Value);
}
