using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Worlds;

/// <summary>Draws a world from a seed: each seed has its own subset of terms and of faults.</summary>
internal static class WorldMaker
{
    private static readonly (string Code, int Digits)[] Currencies =
        [("EUR", 2), ("USD", 2), ("JPY", 0), ("BHD", 3), ("GBP", 2), ("EUR", 2)];

    private static readonly string[] Zones =
    [
        "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Etc/UTC", "Australia/Lord_Howe", "Asia/Kathmandu",
        "America/Sao_Paulo", "Pacific/Auckland", "Africa/Cairo",
    ];

    private static readonly LocalDate[] Starts =
    [
        new(2026, 3, 8), new(2026, 10, 5), new(2028, 2, 12), new(2026, 12, 10), new(2026, 2, 20), new(2026, 5, 1),
        new(2027, 3, 20), new(2026, 10, 20),
    ];

    // So many seeds make one whose terms are wide.
    private const ulong WideEach = 8;

    // A chance of its own, so that the other worlds draw as they did.
    private const ulong ClaimSalt = 0x434C_4149_4D;

    public static WorldPlan Make(ulong seed, int events, bool isWide)
    {
        SeededRandom random = new(seed);
        (string currency, int digits) = random.Pick<(string, int)>(Currencies);
        string zone = random.Pick<string>(Zones);
        LocalDate start = random.Pick<LocalDate>(Starts);
        int days = (int)random.Between(25, 60);
        bool sharesZone = random.Happens(700);
        Dictionary<FaultKind, int> faults = FaultsOf(random);
        ContractPlan[] contracts = [.. ContractsOf(random, (currency, digits), (start, days), () =>
            sharesZone ? zone : random.Pick<string>(Zones))];
        if (!faults.ContainsKey(FaultKind.AmendmentMidPeriod))
        {
            contracts = [.. contracts.Where(static c => c.Version == 1)];
        }

        bool hasWide = isWide || seed % WideEach == WideEach - 1;
        return new()
        {
            Seed = seed,
            Campaign = $"camp-{seed:x}",
            Zone = zone,
            Digits = digits,
            Credits = random.Pick(CreditKind.Last, CreditKind.First, CreditKind.Linear, CreditKind.Linear),
            Lookback = random.Happens(800) ? Duration.FromHours(random.Between(20, 500)) : null,
            CutAtConversion = random.Happens(250),
            FlightFrom = start.PlusDays(random.Happens(100) ? 3 : -20),
            FlightTo = random.Happens(100) ? start.PlusDays(days - 5) : null,
            Contracts = contracts,
            Budgets = [.. BudgetsOf(random)],
            Start = start.AtMidnight().InUtc().ToInstant() + Duration.FromMinutes(random.Below(1_440)),
            Days = days,
            Customers = Math.Max(4, events / random.Pick(8, 16, 40)),
            Keys = [.. KeyMaker.KeysOf(random.Fork(), start, days, faults)],
            Faults = faults,
            IsWide = hasWide,
            Claims = hasWide && new SeededRandom(seed ^ ClaimSalt).Happens(150),
        };
    }

    private static IEnumerable<ContractPlan> ContractsOf(
        SeededRandom random, (string Code, int Digits) currency, (LocalDate Start, int Days) span, Func<string> zone)
    {
        int count = random.Pick(1, 2, 2, 3);
        int partner = 0;
        for (int i = 0; i < count; i++)
        {
            string[] partners = [.. Enumerable.Range(0, random.Pick(1, 2, 3, 4)).Select(_ => $"p-{partner++}")];
            if (i > 0 && random.Happens(200))
            {
                // A partner under two contracts has two legs.
                partners = [.. partners, "p-0"];
            }

            ContractPlan first = new($"con-{i}", 1, span.Start.PlusDays(random.Happens(150) ? 4 : -40))
            {
                Currency = currency.Code,
                Zone = zone(),
                Partners = partners,
                Clauses = [.. ClausesOf(random, currency.Digits)],
            };
            yield return first;
            if (random.Happens(600))
            {
                yield return first with
                {
                    Version = 2,
                    From = span.Start.PlusDays((int)random.Between(2, span.Days - 2)),
                    Clauses = [.. first.Clauses.Select(c => random.Happens(600)
                        ? ClauseOf(random, c.Id, c.Outcome, currency.Digits)
                        : c)],
                };
            }
        }
    }

    private static IEnumerable<ClausePlan> ClausesOf(SeededRandom random, int digits)
    {
        yield return ClauseOf(random, "sale", "sale", digits);
        if (random.Happens(600))
        {
            yield return ClauseOf(random, "lead", "lead", digits);
        }
    }

    private static ClausePlan ClauseOf(SeededRandom random, string id, string outcome, int digits)
    {
        ModelPlan model = ModelOf(random, digits);
        bool perPeriod = !model.IsTiered && (random.Happens(200) || IsOffGrid(model, digits));
        return new(id, outcome, model)
        {
            Proof = random.Happens(450) ? ProofOf(random) : null,
            Hold = random.Happens(500) ? Duration.FromDays(random.Between(1, 40)) : Duration.Zero,
            Corrections = random.Pick(
                CorrectionPolicy.Proportional, CorrectionPolicy.Reprice, CorrectionPolicy.UntilFullReturn),
            Mode = random.Pick(
                RoundingMode.HalfAwayFromZero, RoundingMode.HalfAwayFromZero, RoundingMode.HalfEven, RoundingMode.Down),
            PerPeriod = perPeriod,
            GradePart = random.Happens(600) ? random.Between(0, 1_000) / 1_000m : null,
            Together = model.Kind is ModelKind.Graduated or ModelKind.Forward && random.Happens(250),
        };
    }

    private static ProofPlan ProofOf(SeededRandom random)
    {
        ProofPlan plan = random.Happens(800)
            ? new("paid", Duration.FromHours(random.Between(6, 400)), random.Happens(150))
            : new("paid", null, false);
        return plan with { IsSigned = random.Happens(500) };
    }

    private static bool IsOffGrid(ModelPlan model, int digits) =>
        !model.ReadsValue && decimal.Round(model.Rate, digits) != model.Rate;

    private static ModelPlan ModelOf(SeededRandom random, int digits)
    {
        decimal unit = UnitOf(digits);
        var kind = (ModelKind)random.Below(7);
        bool byValue = random.Happens(500);
        ModelPlan plan = new(kind)
        {
            Rate = kind is ModelKind.Share or ModelKind.CappedShare
                ? random.Between(1, 4_000) / 10_000m
                : random.Between(1, 3_000) * unit / (random.Happens(150) ? 4 : 1),
            CapMinor = random.Between(1, 3_000),
            ByValue = byValue,
        };
        return plan.IsTiered ? plan with { Tiers = [.. TiersOf(random, byValue, unit)] } : plan;
    }

    private static IEnumerable<TierPlan> TiersOf(SeededRandom random, bool byValue, decimal unit)
    {
        int count = random.Pick(2, 2, 3, 4);
        decimal end = 0;
        for (int i = 0; i < count; i++)
        {
            decimal rate = byValue ? random.Between(1, 3_000) / 10_000m : random.Between(1, 9_000) * unit / 4;
            end += byValue ? random.Between(1, 60_000) * unit : random.Between(1, 9);
            yield return new(rate, i == count - 1 ? null : end);
        }
    }

    private static decimal UnitOf(int digits)
    {
        decimal unit = 1;
        for (int i = 0; i < digits; i++)
        {
            unit /= 10;
        }

        return unit;
    }

    private static IEnumerable<BudgetPlan> BudgetsOf(SeededRandom random)
    {
        if (random.Happens(550))
        {
            yield return new("month", random.Between(500, 120_000), false, random.Happens(500));
            if (random.Happens(350))
            {
                yield return new("day", random.Between(100, 9_000), true, random.Happens(500));
            }
        }
    }

    // Which faults there are is drawn for each seed, and how often each happens.
    private static Dictionary<FaultKind, int> FaultsOf(SeededRandom random)
    {
        Dictionary<FaultKind, int> faults = [];
        bool isQuiet = random.Happens(30);
        foreach (FaultKind kind in Enum.GetValues<FaultKind>().Where(static k => k <= FaultKind.GradeByHand))
        {
            // To keep a chain, and to look at all of it in the end, is dear: fewer worlds do.
            bool isOn = random.Happens(kind == FaultKind.Erasure ? 200 : 600);
            int rate = random.Pick(10, 20, 40, 80);
            if (isOn && !isQuiet)
            {
                faults.Add(kind, rate);
            }
        }

        return faults;
    }
}
