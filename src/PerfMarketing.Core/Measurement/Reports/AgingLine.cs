using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement.Reports;

/// <summary>What a payee is owed in one currency, by how long it has been due.</summary>
/// <param name="Payee">The partner who is owed.</param>
/// <param name="NotDue">What is owed and not due yet.</param>
/// <param name="Buckets">What is due, by age; one bucket for each bound and one for all that is older.</param>
public sealed record AgingLine(PartnerId Payee, Money NotDue, ValueList<AgingBucket> Buckets) : ITerms
{
    /// <summary>All that is owed: what is not due and what is.</summary>
    /// <exception cref="OverflowException">The sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public Money Total => Buckets.Aggregate(NotDue, static (sum, bucket) => sum + bucket.Amount);

    /// <summary>Reads a line; one of several currencies is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static AgingLine Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        AgingLine line = new(
            terms.Value<PartnerId>("payee"),
            terms.Value<Money>("notDue"),
            terms.List("buckets", AgingBucket.Read));
        if (line.Buckets.Any(b => b?.Amount.Currency != line.NotDue.Currency))
        {
            terms.Fail("buckets", ReportCodes.Unsound, "A line is in one currency.");
        }

        return line;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("payee", Payee);
        terms.Value("notDue", NotDue);
        terms.List("buckets", Buckets);
    }
}
