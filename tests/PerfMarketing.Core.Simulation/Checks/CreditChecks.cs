using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Simulation.Checks;

/// <summary>
/// Whether an outcome's credit is given once, in every world: for each role and contract its shares are at most a
/// whole, and evidence pays for one outcome.
/// </summary>
internal sealed class CreditChecks(Campaign campaign, Violations violations)
{
    private readonly Dictionary<OutcomeId, List<Earning>> earned = [];
    private readonly Dictionary<EvidenceId, OutcomeId> cited = [];

    public void Take(Earning earning)
    {
        if (!earned.TryGetValue(earning.OutcomeId, out List<Earning>? others))
        {
            earned.Add(earning.OutcomeId, others = []);
        }

        bool assists = Assists(earning);
        violations.Require(
            earning.Credit.Weight > 0 && earning.Credit.Weight <= earning.Credit.Total
            && earning.Credit.Partner == earning.Partner,
            $"I4: {earning.Id} of {earning.Partner} has the credit {earning.Credit}");
        long weight = earning.Credit.Weight;
        foreach (Earning other in others)
        {
            if (Assists(other) != assists)
            {
                continue;
            }

            violations.Require(
                other.Contract != earning.Contract || other.Partner != earning.Partner,
                $"I4: {earning.Partner} earns {earning.OutcomeId} twice: {other.Id} and {earning.Id}");
            violations.Require(
                other.Credit.Total == earning.Credit.Total
                && (other.Partner != earning.Partner || other.Credit == earning.Credit),
                $"I4: {earning.OutcomeId} is shared out as {other.Credit} and as {earning.Credit}");
            weight += other.Contract == earning.Contract ? other.Credit.Weight : 0;
        }

        // Who assists is paid for the whole, beside whoever is credited.
        violations.Require(
            assists ? earning.Credit.Weight == earning.Credit.Total : weight <= earning.Credit.Total,
            $"I4: {earning.Contract} credits {weight} of {earning.Credit.Total} for {earning.OutcomeId}");
        others.Add(earning);
        foreach (EvidenceId evidence in earning.Evidence)
        {
            violations.Require(
                cited.TryAdd(evidence, earning.OutcomeId) || cited[evidence] == earning.OutcomeId,
                $"I4: {evidence} pays for {earning.OutcomeId} and for another outcome");
        }
    }

    private bool Assists(LedgerEntry entry) =>
        campaign.Assistants.Count > 0 && campaign.FindContract(entry.Contract, entry.Version)!.Assists;
}
