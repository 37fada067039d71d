using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Periods;

/// <summary>
/// How a period becomes an amount, without an outcome of its own: immutable data with pure arithmetic.
/// </summary>
/// <remarks>
/// Derive a sealed record to add a kind: write its lines in <see cref="ComputeCore"/>, its terms in
/// <see cref="WriteCore"/>, and give a static reading function and a validator to
/// <see cref="PeriodPayoutCatalog.With{T}"/>. A kind is stateless and thread-safe; what it carries from period to
/// period is the balance that it returns.
/// </remarks>
public abstract record PeriodPayout : ITerms
{
    /// <summary>
    /// The kind's name in JSON and digest; bare names are this library's, others carry a prefix: <c>acme.bonus</c>.
    /// </summary>
    public abstract string Tag { get; }

    /// <summary>When it is computed while a period closes.</summary>
    public abstract PeriodStage Stage { get; }

    /// <summary>What it measures of outcomes, so that their clauses tally it. Nothing by default.</summary>
    public virtual ValueList<Measure> Measures => [];

    /// <summary>The clauses that it names, which the contract must have. None by default.</summary>
    public virtual ValueList<ClauseId> NamedClauses => [];

    /// <summary>The partners that it names, whom the contract must name too. None by default.</summary>
    public virtual ValueList<PartnerId> NamedPartners => [];

    /// <summary>What is due for a part of a period, for kinds that pay by time. Everything by default.</summary>
    public virtual PeriodProration Proration { get; init; } = PeriodProration.None;

    /// <summary>
    /// Whether time alone is paid, so that each version of a contract pays its own days of a period. False by default:
    /// the newest version in force computes the whole period.
    /// </summary>
    public virtual bool PaysByTime => false;

    /// <summary>Computes the payout of a period.</summary>
    /// <param name="context">What is known of the period.</param>
    /// <param name="sheet">The sheet for the lines, which is cleared first.</param>
    /// <returns>The balance to carry into the next period.</returns>
    public Accrual Compute(PeriodContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(sheet);
        sheet.Clear(context.Currency);
        return ComputeCore(context, sheet);
    }

    /// <summary>
    /// The balance to carry when a limit of the contract did not allow all that was computed: what is not posted is
    /// never made up for.
    /// </summary>
    /// <remarks>
    /// The same by default. A kind whose balance says what it has posted takes off what was not.
    /// </remarks>
    /// <param name="balance">The balance that was computed.</param>
    /// <param name="cut">What is not posted; above zero.</param>
    public virtual Accrual BalanceWithout(Accrual balance, Money cut) => balance;

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("kind", Tag);
        WriteCore(terms);
    }

    /// <summary>A part of an amount, kept to 12 decimals.</summary>
    /// <param name="whole">The amount.</param>
    /// <param name="rate">The rate.</param>
    protected static Accrual ShareOf(Accrual whole, Percentage rate) => whole.Share(Ratio.FromDecimal(rate.Fraction));

    /// <summary>Writes the lines of a period; none when nothing is due.</summary>
    /// <param name="context">What is known of the period.</param>
    /// <param name="sheet">Where the lines go.</param>
    /// <returns>The balance to carry into the next period.</returns>
    protected abstract Accrual ComputeCore(PeriodContext context, PayoutSheet sheet);

    /// <summary>Writes the kind's own terms, without the tag.</summary>
    /// <param name="terms">Where to write them.</param>
    protected abstract void WriteCore(TermWriter terms);
}
