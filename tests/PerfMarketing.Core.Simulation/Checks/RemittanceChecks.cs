using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Simulation.Checks;

/// <summary>I8: what is paid to whom, looked at as each remittance is recorded.</summary>
/// <param name="campaign">The campaign.</param>
/// <param name="violations">Where it complains.</param>
/// <param name="termsOf">How a payee is paid by now.</param>
/// <param name="given">What the host says of a statement by now.</param>
internal sealed class RemittanceChecks(
    Campaign campaign,
    Violations violations,
    Func<PartnerId, RemittanceTerms> termsOf,
    Func<Statement, PayableStatement> given)
{
    private readonly Dictionary<StatementId, Statement> statements = [];
    private readonly Dictionary<RemittanceId, Remittance> standing = [];
    private readonly HashSet<RemittanceId> answered = [];
    private readonly HashSet<StatementId> refused = [];

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
            violations.Require(standing.TryAdd(remittance.Id, remittance), $"I8: {remittance.Id} is there twice");
        }
        else if (record is RemittanceAnswer answer && answered.Add(answer.Remittance)
            && answer.Result == RemittanceResult.Refused && standing.Remove(answer.Remittance, out Remittance? back))
        {
            refused.UnionWith(back.Parts.Select(static p => p.Statement));
        }
    }

    /// <summary>What is still to be paid to a payee, in minor units; below zero when it was paid too much.</summary>
    public long OpenOf(PartnerId payee)
    {
        Remittance[] all = StandingOf(payee);
        Statement[] own = [.. statements.Values.Where(s => s.Partner == payee)];
        long claimed = all.SelectMany(static r => r.Parts).Where(static p => p.Amount.MinorUnits < 0)
            .Sum(static p => p.Amount.MinorUnits);
        long debts = termsOf(payee).SetsOff
            ? own.GroupBy(static s => s.Contract)
                .Sum(static c => Math.Min(0, c.MaxBy(static s => s.To)!.Carried.MinorUnits))
            : 0;
        return own.Sum(static s => s.Payable.MinorUnits) + claimed + debts - all.Sum(static r => r.Total.MinorUnits);
    }

    /// <summary>What a payee was sent, in minor units.</summary>
    public long PaidTo(PartnerId payee) => StandingOf(payee).Sum(static r => r.Amount.MinorUnits);

    /// <summary>What a payee bears of the cost of its payments.</summary>
    public long FeesOf(PartnerId payee) =>
        StandingOf(payee).Sum(static r => (r.Total - r.Amount).MinorUnits);

    private Remittance[] StandingOf(PartnerId payee) => [.. standing.Values.Where(r => r.Payee == payee)];

    private void Check(Remittance remittance, Remittance[] before)
    {
        string id = $"I8: {remittance.Id} of {remittance.Payee}";
        foreach (RemittancePart part in remittance.Parts)
        {
            Statement? statement = statements.GetValueOrDefault(part.Statement);
            violations.Require(
                statement?.Partner == remittance.Payee && IsDue(statement, part.Amount, before, remittance.DecidedAt),
                $"{id} pays {part}, and the statement says {statement?.Payable}, due on {statement?.DueOn}");
            violations.Require(
                part.Amount.MinorUnits < 0 || !before.Any(r => r.Parts.Any(p => p.Statement == part.Statement)),
                $"{id} pays {part.Statement} twice");
        }

        RemittanceTerms terms = termsOf(remittance.Payee);
        foreach (RemittancePart part in remittance.SetOffs)
        {
            long sum = part.Amount.MinorUnits + before.SelectMany(static r => r.SetOffs)
                .Where(p => p.Contract == part.Contract).Sum(static p => p.Amount.MinorUnits);
            long debt = DebtOf(statements[part.Statement], part.Amount.MinorUnits < 0);
            violations.Require(
                sum == debt && (terms.SetsOff || part.Amount.MinorUnits > 0),
                $"{id} sets off {part}, {sum} in all, and {debt} is owed back");
        }

        long total = remittance.Parts.Concat(remittance.SetOffs).Sum(static p => p.Amount.MinorUnits);
        long fee = FeeOf(terms.Fee, total, before);
        bool bears = terms.Fee?.Bearer == FeeBearer.Payee;
        violations.Require(
            total == remittance.Total.MinorUnits && (total == 0 || total >= (terms.Minimum?.MinorUnits ?? 1))
            && (remittance.Fee?.Amount.MinorUnits ?? 0) == fee
            && remittance.Amount.MinorUnits == total - (bears ? fee : 0),
            $"{id} is {remittance.Amount} of {remittance.Total}, with {remittance.Fee}; {total} and {fee} are due");
    }

    // What was earned back since is not taken any more.
    private long DebtOf(Statement statement, bool takes)
    {
        long carried = statement.Carried.MinorUnits;
        Statement newest = statements.Values
            .Where(s => s.Contract == statement.Contract && s.Partner == statement.Partner)
            .MaxBy(static s => s.To)!;
        return Math.Min(0, takes ? Math.Max(carried, newest.Carried.MinorUnits) : carried);
    }

    // Claims are taken from what the bank refused to pay before, never more of them than the payee has not paid back.
    private bool IsDue(Statement statement, Money amount, Remittance[] before, Instant at)
    {
        PayableStatement host = given(statement);
        if (amount.MinorUnits <= 0)
        {
            long taken = before.SelectMany(static r => r.Parts).Where(p => p.Statement == statement.Id)
                .Sum(static p => p.Amount.MinorUnits) + amount.MinorUnits;
            return taken >= (host.ClaimPaid?.MinorUnits ?? 0) - (statement.Claimed?.MinorUnits ?? 0)
                && statements.Values.Any(s => refused.Contains(s.Id) && s.Contract == statement.Contract);
        }

        DateTimeZone zone = campaign.Contracts.First(c => c.Id == statement.Contract).Calendar.Zone;
        bool isPaid = statement.Exposure switch
        {
            PaymentExposure.Independent => true,
            PaymentExposure.ThisInvoice => host.IsPayerPaid,
            _ => statements.Values.All(s => s.To > statement.To || s.Payable.MinorUnits == 0
                || s.Exposure == PaymentExposure.Independent || given(s).IsPayerPaid),
        };
        return amount == statement.Payable && isPaid
            && (statement.DueOn is not { } day || zone.AtStartOfDay(day).ToInstant() <= at);
    }

    private static long FeeOf(RemittanceFee? fee, long total, Remittance[] before)
    {
        if (fee is null)
        {
            return 0;
        }

        long used = before.Sum(static r => r.Fee?.Free.MinorUnits ?? 0);
        long charged = Math.Max(0, total - Math.Max(0, (fee.Free?.MinorUnits ?? 0) - used));
        return (long)decimal.Round(
            (fee.Fixed?.MinorUnits ?? 0) + (charged * (fee.Rate?.Fraction ?? 0)), MidpointRounding.AwayFromZero);
    }
}
