using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Tallies;
using PerfMarketing.Testing;
using PerfMarketing.Time;

namespace PerfMarketing.Simulation.Worlds;

/// <summary>Draws how wide worlds settle, what they take back and how much at most, and how payees are paid.</summary>
internal static class SettlementDraw
{
    private const ulong Salt = 0x5345_5454;
    private const ulong PayeeSalt = 0x5041_5945;

    /// <summary>The campaign with terms of settlement; a later version of a contract may have others.</summary>
    public static CampaignDraft Add(CampaignDraft draft, WorldPlan plan)
    {
        SeededRandom random = new(plan.Seed ^ Salt);
        Currency currency = draft.Contracts[0].Currency;
        List<ContractDraft> contracts = [];
        foreach (IGrouping<ContractId, ContractDraft> versions in draft.Contracts.GroupBy(static c => c.Id))
        {
            SettlementTerms? terms = null;
            ReversalLimit? limit = null;
            Percentage? fee = random.Happens(500) ? Percentage.FromFraction(random.Between(1, 400) / 1_000m) : null;
            foreach (ContractDraft version in versions)
            {
                if (terms is null || random.Happens(400))
                {
                    terms = random.Happens(150) ? SettlementTerms.Default : TermsOf(random, currency);
                    limit = random.Happens(350) ? LimitOf(random) : null;
                }

                contracts.Add(version with
                {
                    Settlement = plan.Claims ? Claiming(terms) : terms,
                    ReversalLimit = limit,
                    PlatformFee = fee,
                    Clauses = [.. version.Clauses.Select(c => ClauseOf(random, c))],
                });
            }
        }

        return draft with { Contracts = contracts.ToValueList() };
    }

    /// <summary>How a payee is paid, in every world.</summary>
    public static RemittanceTerms PayeeOf(WorldPlan plan, PartnerId payee, Currency currency)
    {
        ulong name = 0;
        foreach (char letter in payee.Value)
        {
            name = unchecked((name * 31) + letter);
        }

        SeededRandom random = new(plan.Seed ^ PayeeSalt ^ name);
        Money Draw(long most) => Money.FromMinor(random.Between(1, most), currency);
        return new()
        {
            Payee = payee,
            Currency = currency,
            SetsOff = random.Happens(500),
            Minimum = random.Happens(400) ? Draw(6_000) : null,
            Fee = random.Happens(500)
                ? new()
                {
                    Fixed = random.Happens(600) ? Draw(60) : null,
                    Rate = random.Happens(600) ? Percentage.FromFraction(random.Between(1, 900) / 10_000m) : null,
                    Free = random.Happens(500) ? Draw(9_000) : null,
                    Bearer = random.Pick(FeeBearer.Payer, FeeBearer.Payee, FeeBearer.Payee),
                    Below = random.Happens(400) ? Draw(12_000) : null,
                }
                : null,
        };
    }

    private static SettlementTerms TermsOf(SeededRandom random, Currency currency) => new()
    {
        Per = random.Pick(
            PeriodUnit.Week, PeriodUnit.HalfMonth, PeriodUnit.Month, PeriodUnit.Month, PeriodUnit.Quarter),
        Threshold = random.Happens(500) ? Money.FromMinor(random.Between(100, 9_000), currency) : null,
        Due = random.Happens(600) ? DueOf(random) : null,
        Negative = random.Pick(NegativeBalance.Carry, NegativeBalance.Debt),
        Reserve = random.Happens(500)
            ? new(Percentage.FromFraction(random.Between(1, 500) / 1_000m), (int)random.Between(1, 70))
            : null,
        Exposure = random.Pick(
            PaymentExposure.Independent, PaymentExposure.ThisInvoice, PaymentExposure.AllInvoices),
    };

    // What is owed back is a debt, and statements are many and paid soon.
    private static SettlementTerms Claiming(SettlementTerms terms) => terms with
    {
        Per = PeriodUnit.Week,
        Threshold = null,
        Due = null,
        Negative = NegativeBalance.Debt,
        Reserve = null,
        Exposure = PaymentExposure.Independent,
    };

    private static PaymentDue DueOf(SeededRandom random) => random.Below(3) switch
    {
        0 => new(DueRule.Net, (int)random.Between(0, 60)),
        1 => new(DueRule.DayOfMonth, (int)random.Between(1, 31)) { Months = random.Below(2) },
        _ => new(DueRule.EndOfMonth, random.Below(16)) { Months = random.Below(2) },
    };

    private static ReversalLimit LimitOf(SeededRandom random) => new(
        Percentage.FromFraction(random.Between(0, 700) / 1_000m),
        random.Pick(ReversalBase.Count, ReversalBase.Amount))
    {
        Cohort = random.Pick(ReversalCohort.Occurred, ReversalCohort.Decided),
        Per = random.Pick(PeriodUnit.Month, PeriodUnit.Week, PeriodUnit.Lifetime),
        Rounding = random.Pick(ReversalRounding.Down, ReversalRounding.Up, ReversalRounding.Nearest),
        Within = random.Happens(300) ? Duration.FromHours(random.Between(24, 1_200)) : null,
        Exempt = random.Happens(300) ? [CorrectionReason.Fraud] : [],
    };

    private static ClauseDraft ClauseOf(SeededRandom random, ClauseDraft clause)
    {
        int first = (int)random.Between(1, 25);
        ClawbackSchedule schedule = ClawbackSchedule.UpTo(first, PartOf(random)) with
        {
            Since = random.Pick(ClawbackStart.Occurred, ClawbackStart.Payable),
            Exempt = random.Happens(300) ? [CorrectionReason.Fraud] : [],
        };
        schedule = random.Happens(600) ? schedule.Then(first + (int)random.Between(1, 40), PartOf(random)) : schedule;
        bool isAgain = clause.Pays.IsOrderFree && clause.Tally.Scope == TallyScope.Partner && random.Happens(400);
        return clause with
        {
            Clawback = random.Happens(400) ? schedule : null,
            Tally = isAgain ? clause.Tally with { Corrections = TallyCorrections.Reevaluated } : clause.Tally,
        };
    }

    private static Percentage PartOf(SeededRandom random) =>
        Percentage.FromFraction(random.Pick(1_000, random.Between(0, 1_000)) / 1_000m);
}
