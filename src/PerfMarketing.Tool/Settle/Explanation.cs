using NodaTime;
using NodaTime.Text;
using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tool.Settle;

/// <summary>Prints how one outcome was decided, to one audience.</summary>
/// <remarks>
/// A partner sees its own touches, credit, payout and entries and not those of others, nor any budget. The advertiser
/// sees what it pays itself and every touch; what a network pays its partners is the network's. The network sees all.
/// </remarks>
internal sealed class Explanation(Campaign campaign, ExplainAudience audience, TextWriter target)
{
    /// <summary>Prints the explanation.</summary>
    /// <param name="known">The outcome as it stands.</param>
    /// <param name="entries">Its ledger entries.</param>
    /// <param name="moves">What it moved in budgets.</param>
    public void Write(OutcomeState known, IEnumerable<LedgerEntry> entries, IEnumerable<BudgetMoved> moves)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (known.Outcome is { } outcome)
        {
            WriteOutcome(outcome, IsConcerned(known));
        }
        else
        {
            target.WriteLine($"Outcome {known.Id}: the log holds evidence or corrections of it, but not itself.");
        }

        WriteList("Decision", DecisionLines(known.Decision));
        WriteList("Evidence", known.Verdicts.Select(Line));
        WriteList("Corrections", CorrectionLines(known));
        WriteList("Touches", TouchLines(known.Decision));
        LedgerEntry[] visible = [.. entries.Where(IsVisible)];
        WriteList("Payout", visible.OfType<Earning>().SelectMany(PayoutLines));
        if (audience.Kind != AudienceKind.Partner)
        {
            WriteList("Budget", moves.Select(Line));
        }

        WriteList("Ledger", visible.Select(Line));
    }

    // What an order is worth is no business of a partner who had no part in it.
    private bool IsConcerned(OutcomeState known) =>
        audience.Partner is not { } partner
        || known.Earnings.Any(e => e.Earning.Partner == partner)
        || known.Decision?.Attribution?.Credits.Any(c => c.Partner == partner) == true
        || known.Decision?.Legs.Any(l => l.Credits.Any(c => c.Partner == partner)) == true;

    private void WriteOutcome(Outcome outcome, bool isConcerned)
    {
        if (!isConcerned)
        {
            target.WriteLine($"Outcome {outcome.Id}: {outcome.Kind}, without a part of {audience.Partner}");
            target.WriteLine($"  occurred {At(outcome.At)}");
            return;
        }

        string worth = OutcomeTruth.Of(outcome).OriginalValue is { } value ? $", worth {value}" : string.Empty;
        string order = outcome.OrderId is { } id ? $", order {id}" : string.Empty;
        string test = outcome.IsTest ? ", a test" : string.Empty;
        string quantity = outcome.Quantity == 1 ? string.Empty : $"{InvariantNumber(outcome.Quantity)} x ";
        target.WriteLine($"Outcome {outcome.Id}: {quantity}{outcome.Kind}{worth}{order}{test}");
        target.WriteLine($"  occurred {At(outcome.At)}, recorded {At(outcome.RecordedAt)}");
    }

    private IEnumerable<string> DecisionLines(OutcomeDecided? decided)
    {
        if (decided is null)
        {
            yield return "not decided yet";
            yield break;
        }

        yield return $"{At(decided.DecidedAt)}  {Describe(decided.Qualification)}";
        foreach (LegDecision leg in decided.Legs.Where(leg => IsVisible(leg.Contract)))
        {
            string amount = audience.Kind == AudienceKind.Partner ? string.Empty : $", {leg.Amount}";
            yield return $"contract {leg.Contract} v{leg.Version}, clause {leg.Clause}: "
                + $"{Describe(leg.Qualification)}{amount}";
        }

        foreach (Reason note in decided.Notes.Where(IsVisible))
        {
            yield return note.ToString();
        }
    }

    private IEnumerable<string> TouchLines(OutcomeDecided? decided)
    {
        if (decided?.Attribution is not { } attribution)
        {
            yield return "not looked at: the outcome was decided without them";
            yield break;
        }

        long total = attribution.Total;
        int hidden = 0;
        foreach (TouchCredit touch in attribution.Touches.AsEnumerable())
        {
            if (audience.Partner is { } partner && touch.Partner != partner)
            {
                hidden++;
                continue;
            }

            string credit = touch.Reason is { } reason
                ? $"nothing: {reason}"
                : $"credit {new Ratio(touch.Weight, total)}";
            yield return $"{At(touch.At)}  {touch.Partner}  {credit}  ({touch.Touch})";
        }

        if (hidden > 0)
        {
            yield return $"and {hidden} of others";
        }

        if (attribution.Reason is { } none)
        {
            yield return $"nobody gets credit: {none}";
        }
    }

    private static IEnumerable<string> PayoutLines(Earning earning)
    {
        yield return $"{earning.Partner}, {earning.Contract} v{earning.Version} {earning.Clause}, "
            + $"credit {earning.Credit.Share}{(earning.Model is { } model ? $" by model {model}" : string.Empty)}:";
        foreach (PayoutLine line in earning.Lines.AsEnumerable())
        {
            string rate = line.Rate is { } percent ? $" {percent}" : string.Empty;
            string quantity = line.Quantity is { } count ? $" {InvariantNumber(count)} x" : string.Empty;
            string basis = line.Base is { } amount ? $" of {amount}" : string.Empty;
            yield return $"    {line.Amount,20}  {line.Code}{quantity}{rate}{basis}";
        }

        yield return $"    {earning.Amount,20}  posted";
    }

    private void WriteList(string title, IEnumerable<string> lines)
    {
        target.WriteLine();
        target.WriteLine(title);
        bool isEmpty = true;
        foreach (string line in lines)
        {
            target.WriteLine("  " + line);
            isEmpty = false;
        }

        if (isEmpty)
        {
            target.WriteLine("  none");
        }
    }

    private static string Line(EvidenceVerdict verdict) =>
        $"{At(verdict.ReceivedAt)}  {verdict.Kind} by {verdict.Scheme}: {EnumText.Of(verdict.Authenticity)}, "
        + $"{EnumText.Of(verdict.Strength)}{(verdict.Reason is { } reason ? $", {reason}" : string.Empty)}";

    private static IEnumerable<string> CorrectionLines(OutcomeState known)
    {
        ValueList<RefusedCorrection> refused = known.Outcome is { } outcome
            ? OutcomeTruth.After(outcome, known.Corrections).Refused
            : [];
        foreach (Correction correction in known.Corrections.AsEnumerable())
        {
            string because = refused.FirstOrDefault(r => r.Id == correction.Id) is { } why
                ? $", refused: {why.Reason}"
                : string.Empty;
            yield return Line(correction) + because;
        }
    }

    private static string Line(Correction correction)
    {
        TermNode terms = TermNode.Of(correction);
        string amount = (terms.Find("amount") ?? terms.Find("value")) is { } found ? $" {found.Text}" : string.Empty;
        string lines = correction is LineReturn returned ? $" of {returned.Lines.Count} order lines" : string.Empty;
        string replaces = correction.Replaces is { } earlier ? $", replaces {earlier}" : string.Empty;
        string note = string.IsNullOrEmpty(correction.Note) ? string.Empty : $", {correction.Note}";
        return $"{At(correction.At)}  {terms.Find("correction")?.Text} {correction.Id}{amount}{lines}{replaces}, "
            + $"recorded {At(correction.RecordedAt)}{note}";
    }

    private static string Line(BudgetMoved moved)
    {
        BudgetEntry entry = moved.Entry;
        string asked = entry.Amount == entry.Requested ? string.Empty : $" of {entry.Requested} asked";
        string over = entry.Excess is { } excess ? $", {excess} above the limit" : string.Empty;
        return $"{At(moved.DecidedAt)}  {entry.Budget} {entry.Period}: {EnumText.Of(entry.Kind)} {entry.Amount}{asked}"
            + over + string.Concat(entry.Alerts.Select(static share => $", {share} reached"));
    }

    private static string Line(LedgerEntry entry) =>
        $"{At(entry.DecidedAt)}  {entry.Tag} {entry.Amount} to {entry.Partner}, "
        + $"payable {At(entry.PayableAt)} ({entry.Id})"
        + entry switch
        {
            Adjustment adjustment => $" because {adjustment.Reason}",
            Amendment amendment => $" because {amendment.Reason}",
            DisputeHold hold => $" because {hold.Reason}",
            Earning { Approval: { } approval } => $" approved by {approval}",
            _ => string.Empty,
        }
        + (entry.OverBudget is { } over ? $", {over} of it above a budget, borne by its payer" : string.Empty);

    private static string Describe(Qualification qualification) => qualification.Match(
        qualified: static q => $"qualified {At(q.At)}{Named(" by ", q.Evidence)}",
        pending: static p => $"pending{Named(" for ", p.Missing)}"
            + $"{(p.Until is { } until ? $" until {At(until)}" : string.Empty)}{Named(": ", p.Reasons)}",
        rejected: static r => $"rejected{Named(": ", r.Reasons)}",
        disputed: static d => $"disputed{Named(": ", d.Reasons)}");

    private static string Named<T>(string before, ValueList<T> values) =>
        values.Count == 0 ? string.Empty : before + string.Join(", ", values.Select(static value => value!.ToString()));

    private bool IsVisible(LedgerEntry entry) =>
        IsVisible(entry.Contract) && (audience.Partner is not { } partner || entry.Partner == partner);

    private bool IsVisible(ContractId id)
    {
        foreach (Contract contract in campaign.Contracts)
        {
            if (contract.Id == id)
            {
                return audience.Kind switch
                {
                    AudienceKind.Network => true,
                    AudienceKind.Partner => contract.Names(audience.Partner!.Value),
                    _ => contract.Payer.ToString() == campaign.Advertiser.ToString(),
                };
            }
        }

        return false;
    }

    // A note about a partner is for that partner, one about a contract for whoever may see the contract.
    private bool IsVisible(Reason note) => note.Args.All(arg => arg.Name switch
    {
        "partner" => audience.Partner is not { } partner || arg.Value == partner.Value,
        "contract" => IsVisible(new ContractId(arg.Value)),
        _ => true,
    });

    private static string InvariantNumber(decimal number) =>
        number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string At(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
