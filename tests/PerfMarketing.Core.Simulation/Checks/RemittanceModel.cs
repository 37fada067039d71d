using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Simulation.Live;

namespace PerfMarketing.Simulation.Checks;

/// <summary>What of a statement is due, in minor units.</summary>
internal readonly record struct DuePart(Statement Statement, long Net, long Vat, long Withholding)
{
    public long Whole => Net + Vat - Withholding;
}

/// <summary>What a payment costs, and what of the free amount it uses, in minor units.</summary>
internal readonly record struct DueFee(long Amount, long Free);

/// <summary>What is due to a payee.</summary>
internal sealed record DueNow(List<DuePart> Parts, List<DuePart> SetOffs, long Total, DueFee Fee, long Amount)
{
    /// <summary>The code of why it waits; null when it is to be paid.</summary>
    public string? Waits(RemittanceTerms terms) => Parts.Count + SetOffs.Count == 0 ? "remittance.nothing-payable"
        : Total == 0 ? null
        : Total < 0 ? "remittance.owed-back"
        : Total < (terms.Minimum?.MinorUnits ?? 0) ? "remittance.below-minimum"
        : Amount <= 0 ? "remittance.below-fee"
        : null;
}

/// <summary>
/// What a payee is to be paid, by the statements, by what the host says of them, and by the remittances that stand:
/// worked out again in whole numbers.
/// </summary>
/// <param name="campaign">The campaign.</param>
/// <param name="statements">All statements that were closed.</param>
/// <param name="given">What the host says of a statement by now.</param>
/// <param name="invoices">The invoices.</param>
internal sealed class RemittanceModel(
    Campaign campaign,
    IReadOnlyDictionary<StatementId, Statement> statements,
    Func<Statement, PayableStatement> given,
    SimInvoices invoices)
{
    /// <summary>What is due.</summary>
    /// <param name="terms">How the payee is paid.</param>
    /// <param name="before">Its remittances that stand.</param>
    /// <param name="undone">What was in others, that did not bring the money.</param>
    /// <param name="at">When.</param>
    public DueNow Of(RemittanceTerms terms, Remittance[] before, HashSet<StatementId> undone, Instant at)
    {
        List<DuePart> parts = [];
        List<DuePart> setOffs = [];
        ILookup<StatementId, RemittancePart> stood =
            before.SelectMany(static r => r.Parts).ToLookup(static p => p.Statement);
        foreach (IGrouping<ContractId, Statement> own in statements.Values
            .Where(s => s.Partner == terms.Payee && s.To <= at)
            .OrderBy(static s => s.Contract).ThenBy(static s => s.To).ThenBy(static s => s.Id)
            .GroupBy(static s => s.Contract))
        {
            Statement[] due = [.. own.Where(s => s.Payable.MinorUnits == 0 || IsPayable(s, at))];
            AddParts(parts, due, stood, undone);
            AddSetOff(setOffs, due, own.Last(), terms.SetsOff, before);
        }

        long total = parts.Concat(setOffs).Sum(static p => p.Whole);
        DueFee fee = total > 0 ? FeeOf(terms.Fee, total, before) : default;
        long borne = terms.Fee?.Bearer == FeeBearer.Payee ? fee.Amount : 0;
        return new(parts, setOffs, total, fee, total - borne);
    }

    /// <summary>The taxes of what is added to what stands of a statement: of all of it, less what was paid.</summary>
    private (long Vat, long Withholding) TaxesOf(StatementId statement, long net, RemittancePart[] stood)
    {
        long before = stood.Sum(static p => p.Amount.MinorUnits);
        (long vat, long withheld) = invoices.TaxesOf(statement, before + net);
        return invoices.Of(statement) is null ? default : (
            Clamp(vat - stood.Sum(static p => p.Vat?.MinorUnits ?? 0)),
            Clamp(withheld - stood.Sum(static p => p.Withholding?.MinorUnits ?? 0)));

        long Clamp(long tax) => Math.Clamp(tax, Math.Min(0, net), Math.Max(0, net));
    }

    // What is payable and does not stand; less what was claimed of what did not come, and the payee did not pay back.
    private void AddParts(
        List<DuePart> parts, Statement[] due, ILookup<StatementId, RemittancePart> stood, HashSet<StatementId> undone)
    {
        long again = 0;
        foreach (Statement statement in due)
        {
            long net = statement.Payable.MinorUnits;
            if (net > 0)
            {
                net = stood.Contains(statement.Id) ? 0 : net;
                again += undone.Contains(statement.Id) ? net : 0;
            }
            else
            {
                long open = (statement.Claimed?.MinorUnits ?? 0) - (given(statement).ClaimPaid?.MinorUnits ?? 0)
                    + stood[statement.Id].Sum(static p => p.Amount.MinorUnits);
                net = -Math.Min(open, again);
                again -= Math.Max(0, -net);
            }

            if (net != 0)
            {
                (long vat, long withheld) = TaxesOf(statement.Id, net, [.. stood[statement.Id]]);
                parts.Add(new(statement, net, vat, withheld));
            }
        }
    }

    // The debt of the newest statement that is due is what should be set off. Of what is earned back by one that is not
    // due nothing is taken any more; nor is anything where nobody agreed.
    private static void AddSetOff(
        List<DuePart> setOffs, Statement[] due, Statement newest, bool isAgreed, Remittance[] before)
    {
        if (due.Length == 0)
        {
            return;
        }

        RemittancePart[] done =
            [.. before.SelectMany(static r => r.SetOffs).Where(p => p.Contract == newest.Contract)];
        long taken = done.Sum(static p => p.Amount.MinorUnits);
        long debt = Math.Min(0, due[^1].Carried.MinorUnits);
        if (debt < taken)
        {
            long owed = isAgreed ? Math.Min(0, Math.Max(debt, newest.Carried.MinorUnits)) : 0;
            debt = Math.Min(owed, taken);
        }

        if (debt != taken && done.All(p => p.To <= due[^1].To))
        {
            setOffs.Add(new(due[^1], debt - taken, 0, 0));
        }
    }

    private bool IsPayable(Statement statement, Instant at)
    {
        DateTimeZone zone = campaign.Contracts.First(c => c.Id == statement.Contract).Calendar.Zone;
        bool isPaid = statement.Exposure switch
        {
            PaymentExposure.Independent => true,
            PaymentExposure.ThisInvoice => given(statement).IsPayerPaid,
            _ => statements.Values.All(s => s.To > statement.To || s.Payable.MinorUnits == 0
                || s.Exposure == PaymentExposure.Independent || given(s).IsPayerPaid),
        };
        return isPaid && (statement.DueOn is not { } day || zone.AtStartOfDay(day).ToInstant() <= at);
    }

    // What reaches a limit costs nothing, and what is free of the rate is kept for others.
    private static DueFee FeeOf(RemittanceFee? fee, long total, Remittance[] before)
    {
        if (fee is null || total >= (fee.Below?.MinorUnits ?? long.MaxValue))
        {
            return default;
        }

        long used = before.Sum(static r => r.Fee?.Free.MinorUnits ?? 0);
        long free = fee.Rate is null ? 0 : Math.Clamp((fee.Free?.MinorUnits ?? 0) - used, 0, total);
        var amount = (long)decimal.Round(
            (fee.Fixed?.MinorUnits ?? 0) + ((total - free) * (fee.Rate?.Fraction ?? 0)), MidpointRounding.AwayFromZero);
        return new(amount, free);
    }
}
