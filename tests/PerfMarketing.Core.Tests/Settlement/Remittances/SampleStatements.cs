using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Settlement.Remittances;

/// <summary>Statements made of what was earned month by month, without lines.</summary>
internal static class SampleStatements
{
    public static readonly PartnerId Blog = new("p-blog");

    /// <summary>An instant in the month after the months given, counted from January 2026.</summary>
    public static Instant After(int months) =>
        Instant.FromUtc(2026 + (months / 12), 1 + (months % 12), 2, 0, 0);

    /// <summary>The closed statements of one contract; what is owed back is carried.</summary>
    public static PayableStatement[] Chain(string contract, params int[] earned)
    {
        List<PayableStatement> chain = [];
        Money balance = 0.Eur;
        CalendarPeriod month = ContractCalendar.Utc.Month(new(2026, 1));
        foreach (int amount in earned)
        {
            Money gross = Money.FromMinor(amount * 100, Currency.Eur);
            Money payable = Money.Max(balance + gross, 0.Eur);
            Statement statement = new()
            {
                Id = Statement.IdOf(new("acme"), new(contract), Blog, month.Key),
                Contract = new(contract),
                Partner = Blog,
                Period = month.Key,
                From = month.Start,
                To = month.End,
                IsClosed = true,
                Opening = balance,
                Lines = [],
                Gross = gross,
                Adjustments = 0.Eur,
                Payable = payable,
                Closing = balance + gross - payable,
            };
            chain.Add(new(new("acme"), statement));
            balance = statement.Closing;
            month = ContractCalendar.Utc.Next(month);
        }

        return [.. chain];
    }

    public static RemittanceTerms Terms(Money? minimum = null, bool setsOff = false, RemittanceFee? fee = null) => new()
    {
        Payee = Blog,
        Currency = Currency.Eur,
        Minimum = minimum,
        SetsOff = setsOff,
        Fee = fee,
    };

    /// <summary>Plans, and takes what is planned into the book.</summary>
    public static RemittancePlan Plan(
        this RemittanceBook book, RemittanceTerms terms, IEnumerable<PayableStatement> statements, Instant asOf)
    {
        var plan = RemittancePlan.Of(terms, statements, book, asOf);
        if (plan.Remittance is { } made)
        {
            book.Apply(made);
        }

        return plan;
    }
}
