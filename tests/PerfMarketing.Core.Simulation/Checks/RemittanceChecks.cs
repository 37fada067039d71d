using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Simulation.Live;

namespace PerfMarketing.Simulation.Checks;

/// <summary>I8: what is paid to whom, looked at as each remittance and each answer is recorded.</summary>
internal sealed class RemittanceChecks
{
    private readonly FaultCounts counts;
    private readonly Violations violations;
    private readonly Func<PartnerId, RemittanceTerms> termsOf;
    private readonly Func<Statement, PayableStatement> given;
    private readonly SimInvoices invoices;
    private readonly RemittanceModel model;
    private readonly Dictionary<StatementId, Statement> statements = [];
    private readonly Dictionary<RemittanceId, Remittance> made = [];
    private readonly Dictionary<RemittanceId, Remittance> standing = [];
    private readonly Dictionary<RemittanceId, RemittanceResult> said = [];
    private readonly HashSet<(RemittanceId, RemittanceResult)> contradictions = [];
    private readonly HashSet<StatementId> undone = [];

    /// <summary>Looks at remittances.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="counts">Where it counts what it meets.</param>
    /// <param name="violations">Where it complains.</param>
    /// <param name="termsOf">How a payee is paid by now.</param>
    /// <param name="given">What the host says of a statement by now.</param>
    /// <param name="invoices">The invoices of statements.</param>
    public RemittanceChecks(
        Campaign campaign,
        FaultCounts counts,
        Violations violations,
        Func<PartnerId, RemittanceTerms> termsOf,
        Func<Statement, PayableStatement> given,
        SimInvoices invoices)
    {
        this.counts = counts;
        this.violations = violations;
        this.termsOf = termsOf;
        this.given = given;
        this.invoices = invoices;
        model = new(campaign, statements, given, invoices);
    }

    public void Take(IEnumerable<Statement> closed)
    {
        foreach (Statement statement in closed)
        {
            violations.Require(
                statements.TryAdd(statement.Id, statement), $"I3: {statement.Id} of {statement.Period} is there twice");
        }
    }

    public void Take(CampaignRecord record)
    {
        if (record is Remittance remittance)
        {
            Check(remittance, StandingOf(remittance.Payee));
            violations.Require(made.TryAdd(remittance.Id, remittance), $"I8: {remittance.Id} is there twice");
            standing[remittance.Id] = remittance;
        }
        else if (record is RemittanceAnswer answer)
        {
            Take(answer);
        }
    }

    /// <summary>The answer to a remittance that counts; null when there is none.</summary>
    public RemittanceResult? SaidOf(RemittanceId id) =>
        said.TryGetValue(id, out RemittanceResult result) ? result : null;

    /// <summary>What an answer must be called after the one that counts, as docs/paying-partners.md says.</summary>
    public static DecisionAnswer JudgedAfter(RemittanceResult? known, RemittanceResult result) => (known, result) switch
    {
        (null, _) => DecisionAnswer.Decided,
        (RemittanceResult.Confirmed, RemittanceResult.Confirmed) => DecisionAnswer.Replayed,
        (RemittanceResult.Confirmed, RemittanceResult.Refused) => DecisionAnswer.Conflict,
        (RemittanceResult.Confirmed, _) => DecisionAnswer.Decided,
        (RemittanceResult.Refused, RemittanceResult.Confirmed) => DecisionAnswer.Conflict,
        _ => DecisionAnswer.Replayed,
    };

    /// <summary>Who is paid by a remittance.</summary>
    public PartnerId PayeeOf(RemittanceId id) => made[id].Payee;

    /// <summary>What is due to a payee.</summary>
    public DueNow DueTo(PartnerId payee, Instant at) => model.Of(termsOf(payee), StandingOf(payee), undone, at);

    /// <summary>The remittances of a payee that the bank has confirmed, and that have not come back.</summary>
    public Remittance[] ConfirmedOf(PartnerId payee) => [.. StandingOf(payee)
        .Where(r => SaidOf(r.Id) == RemittanceResult.Confirmed)];

    /// <summary>What a payee was sent, in minor units.</summary>
    public long PaidTo(PartnerId payee) => StandingOf(payee).Sum(static r => r.Amount.MinorUnits);

    /// <summary>What a payee bears of the cost of its payments.</summary>
    public long FeesOf(PartnerId payee) =>
        StandingOf(payee).Sum(static r => (r.Total - r.Amount).MinorUnits);

    /// <summary>What stands for a contract and partner, in minor units: without taxes, and its taxes.</summary>
    public (long Net, long Vat, long Withholding) SumsOf(ContractId contract, PartnerId payee)
    {
        RemittancePart[] own = [.. StandingOf(payee).SelectMany(static r => r.Parts.Concat(r.SetOffs))
            .Where(p => p.Contract == contract)];
        return (
            own.Sum(static p => p.Amount.MinorUnits),
            own.Sum(static p => p.Vat?.MinorUnits ?? 0),
            own.Sum(static p => p.Withholding?.MinorUnits ?? 0));
    }

    /// <summary>
    /// What a partner is still asked to pay back, in minor units: not what it paid back, nor what was taken of it.
    /// </summary>
    public long ClaimedOf(ContractId contract, PartnerId payee)
    {
        ILookup<StatementId, RemittancePart> stood =
            StandingOf(payee).SelectMany(static r => r.Parts).ToLookup(static p => p.Statement);
        return statements.Values.Where(s => s.Contract == contract && s.Partner == payee).Sum(s => s.Claimed is null ? 0
            : Math.Max(0, s.Claimed.Value.MinorUnits - (given(s).ClaimPaid?.MinorUnits ?? 0)
                + stood[s.Id].Sum(static p => p.Amount.MinorUnits)));
    }

    /// <summary>The statements that stand, by another invoice than the host has for them now.</summary>
    public IEnumerable<string> DifferingOf(PartnerId payee) => StandingOf(payee).SelectMany(static r => r.Parts)
        .Where(p => p.Amount.MinorUnits > 0 && invoices.Of(p.Statement) is { IsCreditNote: false } now
            && ((p.Invoice is not null && p.Invoice != now.Number)
                || TaxesOf(p) != invoices.TaxesOf(p.Statement, p.Amount.MinorUnits)))
        .Select(static p => p.Statement.Value).Order(StringComparer.Ordinal);

    private static (long Vat, long Withholding) TaxesOf(RemittancePart part) =>
        (part.Vat?.MinorUnits ?? 0, part.Withholding?.MinorUnits ?? 0);

    private Remittance[] StandingOf(PartnerId payee) => [.. standing.Values.Where(r => r.Payee == payee)];

    // The first answer counts, until what was confirmed comes back; what contradicts it is kept once and moves nothing.
    private void Take(RemittanceAnswer answer)
    {
        DecisionAnswer judged = JudgedAfter(SaidOf(answer.Remittance), answer.Result);
        violations.Require(
            made.ContainsKey(answer.Remittance) && (judged == DecisionAnswer.Decided
                || (judged == DecisionAnswer.Conflict && contradictions.Add((answer.Remittance, answer.Result)))),
            $"I8: {answer.Remittance} was {SaidOf(answer.Remittance)}, and {answer.Result} is recorded");
        if (judged != DecisionAnswer.Decided)
        {
            return;
        }

        said[answer.Remittance] = answer.Result;
        if (answer.Result != RemittanceResult.Confirmed && standing.Remove(answer.Remittance, out Remittance? back))
        {
            undone.UnionWith(back.Parts.Select(static p => p.Statement));
        }
    }

    private void Check(Remittance remittance, Remittance[] before)
    {
        string id = $"I8: {remittance.Id} of {remittance.Payee}";
        RemittanceTerms terms = termsOf(remittance.Payee);
        DueNow due = model.Of(terms, before, undone, remittance.DecidedAt);
        Compare($"{id} pays", remittance.Parts, due.Parts, isSetOff: false);
        Compare($"{id} sets off", remittance.SetOffs, due.SetOffs, isSetOff: true);
        foreach (RemittancePart part in remittance.Parts)
        {
            bool isFirst = !before.Any(r => r.Parts.Any(p => p.Statement == part.Statement));
            violations.Require(
                isFirst || statements[part.Statement].Payable.MinorUnits == 0, $"{id} pays {part.Statement} twice");
            if (!isFirst)
            {
                counts.Hit(FaultKind.ClaimInParts);
            }
        }

        foreach (RemittancePart part in remittance.SetOffs)
        {
            long sum = part.Amount.MinorUnits + before.SelectMany(static r => r.SetOffs)
                .Where(p => p.Contract == part.Contract).Sum(static p => p.Amount.MinorUnits);
            long debt = DebtOf(statements[part.Statement], part.Amount.MinorUnits < 0, terms.SetsOff);
            violations.Require(sum == debt, $"{id} sets off {part}, {sum} in all, and {debt} is owed back");
        }

        violations.Require(
            due.Waits(terms) is null && due.Total == remittance.Total.MinorUnits
            && (remittance.Fee?.Amount.MinorUnits ?? 0) == due.Fee.Amount
            && (remittance.Fee?.Free.MinorUnits ?? 0) == due.Fee.Free && remittance.Amount.MinorUnits == due.Amount,
            $"{id} is {remittance.Amount} of {remittance.Total}, with {remittance.Fee}; {due} is due");
    }

    // Part by part, with the number of the invoice and both taxes.
    private void Compare(string what, ValueList<RemittancePart> actual, List<DuePart> due, bool isSetOff)
    {
        bool isSame = actual.Count == due.Count;
        for (int i = 0; isSame && i < due.Count; i++)
        {
            RemittancePart part = actual[i];
            DuePart one = due[i];
            isSame = part.Statement == one.Statement.Id && part.Contract == one.Statement.Contract
                && part.Amount.MinorUnits == one.Net && TaxesOf(part) == (one.Vat, one.Withholding)
                && part.Invoice == (isSetOff ? null : invoices.Of(part.Statement)?.Number);
        }

        violations.Require(
            isSame, $"{what} {string.Join(", ", actual)}, and due is {string.Join(", ", due.Select(static d =>
                (d.Statement.Id, d.Net, d.Vat, d.Withholding)))}");
    }

    // What was earned back since is not taken any more; nor is anything that nobody agreed to.
    private long DebtOf(Statement statement, bool takes, bool isAgreed)
    {
        long carried = statement.Carried.MinorUnits;
        Statement newest = statements.Values
            .Where(s => s.Contract == statement.Contract && s.Partner == statement.Partner)
            .MaxBy(static s => s.To)!;
        return takes && !isAgreed ? 0 : Math.Min(0, takes ? Math.Max(carried, newest.Carried.MinorUnits) : carried);
    }
}
