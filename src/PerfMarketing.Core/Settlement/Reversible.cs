using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <summary>One earning as a limit on reversals counts it, in minor units.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="DecidedAt">When it was earned.</param>
/// <param name="Net">What stands of it.</param>
/// <param name="Delivered">The most that it was ever worth, which is what was earned; never below zero.</param>
/// <param name="Counted">What was taken back and uses up room.</param>
/// <param name="Exempt">What was taken back for exempt reasons, and uses up none.</param>
/// <param name="Standing">How many exempt corrections stand that took something.</param>
internal readonly record struct Reversible(
    OutcomeId Outcome, Instant DecidedAt, long Net, long Delivered, long Counted, long Exempt, int Standing)
{
    /// <summary>An earning of which nothing was taken back.</summary>
    public static Reversible Of(Earning earning)
    {
        long amount = earning.Amount.MinorUnits;
        return new(earning.OutcomeId, earning.DecidedAt, amount, Math.Max(0, amount), 0, 0, 0);
    }

    /// <summary>Whether an adjustment is of what was earned in its own instant.</summary>
    public bool IsAtOnce(Adjustment adjustment) => adjustment is
    {
        IsExempt: true,
        Reason.Code: RulingReasons.ApprovedAt or RulingReasons.GradeScaled,
    } && adjustment.DecidedAt == DecidedAt;

    /// <summary>The earning with what corrects it.</summary>
    /// <remarks>
    /// What is given back makes room again where it had used some up: first of its own kind. What is more than was ever
    /// earned is earned by it.
    /// </remarks>
    public Reversible With(Adjustment adjustment)
    {
        long net = Net + adjustment.Amount.MinorUnits;
        if (IsAtOnce(adjustment))
        {
            // What is worth less, or more, by hand when it is earned was never delivered otherwise.
            return this with { Net = net, Delivered = Math.Max(0, net) };
        }

        Reversible taken = adjustment.IsExempt
            ? TakenExempt(-adjustment.Amount.MinorUnits)
            : Taken(-adjustment.Amount.MinorUnits);
        return taken with { Net = net, Delivered = Math.Max(Delivered, net) };
    }

    /// <summary>The earning as amended terms price it, and what of that is taken back.</summary>
    public Reversible With(Amendment amendment)
    {
        long net = Net + (amendment.Amount - amendment.Repriced).MinorUnits;
        long before = Counted + Exempt;

        // What never was corrected down has nothing taken back, whatever budgets left of it.
        long gone = before == 0 ? 0 : Math.Max(0, amendment.Restated.Amount.MinorUnits - net);
        long exempt = before == 0 ? 0 : (long)((Int128)gone * Exempt / before);
        return this with
        {
            Net = net,
            Delivered = Math.Max(0, net + gone),
            Counted = gone - exempt,
            Exempt = exempt,
        };
    }

    private Reversible Taken(long change)
    {
        long own = Math.Max(change, -Counted);
        return this with { Counted = Counted + own, Exempt = Math.Max(0, Exempt + change - own) };
    }

    private Reversible TakenExempt(long change)
    {
        long own = Math.Max(change, -Exempt);
        int standing = Math.Max(0, Standing + Math.Sign(change));
        long counted = Math.Max(0, Counted + change - own);
        return standing > 0
            ? this with { Counted = counted, Exempt = Exempt + own, Standing = standing }

            // What is still taken back is so for other reasons.
            : this with { Counted = counted + Exempt + own, Exempt = 0, Standing = 0 };
    }
}
