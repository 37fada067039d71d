using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;

namespace PerfMarketing.Measurement;

/// <summary>Says where each part of an earning is: taken back, held, payable or paid.</summary>
internal sealed class ApprovedParts
{
    private readonly Dictionary<(ContractId Contract, PartnerId Partner), Statement[]> statements;
    private readonly HashSet<StatementId> paid;
    private readonly Instant asOf;

    public ApprovedParts(IEnumerable<Statement> statements, IEnumerable<StatementId> paid, Instant asOf)
    {
        this.statements = statements.GroupBy(static s => (s.Contract, s.Partner))
            .ToDictionary(static g => g.Key, static g => g.OrderBy(static s => s.To).ToArray());
        this.paid = [.. paid];
        this.asOf = asOf;
    }

    /// <summary>The stage of an outcome of which these are the parts.</summary>
    public static ApprovedStage StageOf(List<(ApprovedStage Stage, Money Amount)> parts)
    {
        List<(ApprovedStage Stage, Money Amount)> left =
            parts.FindAll(static p => p.Stage != ApprovedStage.Reversed);
        List<(ApprovedStage Stage, Money Amount)> worth = left.FindAll(static p => p.Amount.MinorUnits != 0);
        bool isReversed = worth.Count == 0 && parts.Exists(static p => p.Amount.MinorUnits != 0);
        return isReversed ? ApprovedStage.Reversed
            : left.Count == 0 ? ApprovedStage.Paid
            : (worth.Count > 0 ? worth : left).Min(static p => p.Stage);
    }

    /// <summary>The parts of an earning; they sum to it.</summary>
    public IEnumerable<(ApprovedStage Stage, Money Amount)> Of(EarningState state)
    {
        Earning earning = state.Earning;
        yield return (ApprovedStage.Reversed, earning.Amount - state.Net);

        // A correction takes back what is furthest from being paid: what is left fills the parts from the first on.
        Instalment[] parts = state.Instalments.Count > 0
            ? [.. state.Instalments.OrderBy(static i => i.PayableAt)]
            : [new(earning.PayableAt, earning.Amount)];
        Money left = state.Net;
        for (int i = 0; i < parts.Length; i++)
        {
            Money amount = i == parts.Length - 1 ? left
                : left.MinorUnits <= 0 ? Money.Zero(left.Currency)
                : Money.Min(left, parts[i].Amount);
            left -= amount;
            yield return (StageOf(earning, parts[i].PayableAt), amount);
        }
    }

    // A part is released in the first statement that ends after it was decided and its hold has ended. What that one
    // carries, because it is below a threshold, is paid by a later one.
    private ApprovedStage StageOf(Earning earning, Instant payableAt)
    {
        Instant from = Instant.Max(earning.DecidedAt, payableAt);
        Statement[] own = statements.GetValueOrDefault((earning.Contract, earning.Partner)) ?? [];
        if (Array.Find(own, s => s.To > from) is not { IsClosed: true })
        {
            return from <= asOf ? ApprovedStage.Payable : ApprovedStage.Held;
        }

        Statement? paying = Array.Find(own, s => s.To > from && s.IsClosed
            && (s.Payable.MinorUnits > 0 || s.Carried.MinorUnits <= 0));
        return paying is not null && (paying.Payable.MinorUnits == 0 || paid.Contains(paying.Id))
            ? ApprovedStage.Paid
            : ApprovedStage.Payable;
    }
}
