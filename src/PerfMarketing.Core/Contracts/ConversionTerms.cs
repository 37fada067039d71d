using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>By whose rate, and of which day, a contract converts what is in another currency.</summary>
/// <remarks>
/// What is paid on is converted exactly; then it is priced, capped and rounded once. A result waits until the rate is
/// known. Terms <c>source, day, daysBack</c>.
/// </remarks>
/// <param name="Source">
/// Who publishes the rates, as <see cref="RateSnapshot.Source"/> says it: 1 to 64 printable ASCII characters.
/// </param>
public sealed record ConversionTerms(string Source) : ITerms
{
    /// <summary>The greatest <see cref="DaysBack"/>.</summary>
    public const int DaysBackMax = 31;

    /// <summary>Which day's rate counts; that of the event by default.</summary>
    public RateDay Day { get; init; }

    /// <summary>
    /// How many days before that day the rate may be of, because nobody publishes on holidays; none by default. The
    /// newest that is known counts.
    /// </summary>
    public int DaysBack { get; init; }

    /// <summary>Reads the terms of a conversion.</summary>
    /// <param name="terms">The terms.</param>
    public static ConversionTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("source"))
        {
            Day = terms.Enum("day", RateDay.Event),
            DaysBack = terms.Int("daysBack", 0),
        };
    }

    /// <summary>The rate by which a contract converts something.</summary>
    /// <param name="from">The currency of what is converted.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="occurredAt">When the outcome occurred.</param>
    /// <param name="asOf">The instant of the decision.</param>
    public RateNeed NeedOf(Currency from, Contract contract, Instant occurredAt, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ContractCalendar calendar = contract.Calendar;
        LocalDate day = Day switch
        {
            RateDay.Decision => calendar.DateOf(asOf),
            RateDay.Statement => calendar.DateOf(
                calendar.Containing(contract.Settlement.Per, occurredAt).End - Duration.Epsilon),
            _ => calendar.DateOf(occurredAt),
        };
        return new(
            from,
            contract.Currency,
            Source,
            calendar.StartOf(day.PlusDays(-DaysBack)),
            calendar.StartOf(day.PlusDays(1)),
            asOf);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("source", Source);
        terms.Enum("day", Day, RateDay.Event);
        terms.Integer("daysBack", DaysBack == 0 ? null : DaysBack);
    }
}
