using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Tests.Settlement.Accounts;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;

namespace PerfMarketing.Tests.Settlement.Remittances;

/// <summary>
/// Whatever comes back from the bank and from the payee, claims are settled once, and plans and accounts agree.
/// </summary>
public sealed class RemittanceClaimLawTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_261_123, 5);

    private const int Months = 7;

    [Fact]
    public void Claims_are_settled_once() => Prop.ForAll(
        (from first in Gen.Choose(-50, 60).ArrayOf(Months)
         from second in Gen.Choose(-50, 60).ArrayOf(Months)
         from answers in Gen.Choose(0, 3).ArrayOf(Months)
         from returns in Gen.Choose(0, Months).ArrayOf(Months)
         from paid in Gen.Choose(0, 70).ArrayOf(2 * Months)
         select new World([first, second], answers, returns, paid)).ToArbitrary(),
        static world => new Books(world).Play()).Check(Seeded);

    private sealed record World(int[][] Earned, int[] Answers, int[] Returns, int[] Paid);

    /// <summary>Two contracts whose debts are claimed, and their payee.</summary>
    private sealed class Books(World world)
    {
        private static readonly string[] Contracts = ["a", "b"];

        private readonly RemittanceBook remittances = new(Blog, Currency.Eur);
        private readonly List<PayableStatement> statements = [];
        private readonly Dictionary<StatementId, Money> paidBack = [];
        private readonly AccountBook accounts = new(
            Contracts.Select(static c => ContractDraft.For(c).PaidBy("acme").WithPartner("p-blog")
                    .In(Currency.Eur, "Etc/UTC").Pays("sale", Pay.RevenueShare(100.Percent)))
                .Aggregate((CampaignDraft?)null, static (all, c) => all is null
                    ? c.ToCampaign() with { Id = new("acme") }
                    : all.With(c))!.Build());

        private IEnumerable<PayableStatement> Given =>
            statements.Select(s => s with { ClaimPaid = paidBack.TryGetValue(s.Statement.Id, out Money m) ? m : null });

        public void Play()
        {
            for (int month = 0; month < Months; month++)
            {
                Earn(month);
                PayBack(month);
                Remit(month);
                Answer(month);
                Check();
            }

            // In the end what is paid arrives, and whoever still owes pays.
            for (int i = 0; i < 3; i++)
            {
                foreach (PayableStatement given in statements.Where(s => OpenOf(s) > 0.Eur).ToList())
                {
                    Receive(given, OpenOf(given));
                }

                Remit(Months);
                foreach (RemittanceState state in remittances.Remittances.Where(static r => r.IsInTransit).ToList())
                {
                    Post(RemittanceAnswer.Of(state.Remittance.Id, RemittanceResult.Confirmed, After(Months)));
                }
            }

            Check();
            statements.Sum(s => OpenOf(s).MinorUnits).Should().Be(0);
            accounts.ToTrialBalance().Balances
                .Where(static b => b.Account.Kind is not (AccountKind.AdvertiserDue or AccountKind.Paid))
                .Should().BeEmpty();
            Money back = paidBack.Values.Aggregate(0.Eur, static (sum, m) => sum + m);
            (remittances.Sent - back).Should()
                .Be(Money.FromMinor(100L * world.Earned.Sum(static e => e.Sum()), Currency.Eur));
        }

        private void Earn(int month)
        {
            for (int i = 0; i < Contracts.Length; i++)
            {
                int amount = world.Earned[i][month];
                accounts.Post(SampleEntries.Earning(
                    $"{Contracts[i]}{month}", ((decimal)amount).Eur, After(month)) with
                {
                    Contract = new(Contracts[i]),
                });
                PayableStatement made = Chain(Contracts[i], world.Earned[i][..(month + 1)])[^1];
                made = made with
                {
                    Statement = made.Statement with
                    {
                        Opening = 0.Eur,
                        Payable = ((decimal)Math.Max(0, amount)).Eur,
                        Claimed = amount < 0 ? ((decimal)-amount).Eur : null,
                        Closing = 0.Eur,
                    },
                };
                statements.Add(made);
                accounts.Close(made.Statement);
            }
        }

        // Too little, too much, or both, of one that was asked for.
        private void PayBack(int month)
        {
            PayableStatement[] claiming = [.. statements.Where(static s => s.Statement.Claimed is not null)];
            if (claiming.Length > 0 && world.Paid[month] > 20)
            {
                int which = world.Paid[Months + month] % claiming.Length;
                Receive(claiming[which], ((decimal)world.Paid[month] - 20).Eur);
            }
        }

        private void Receive(PayableStatement given, Money amount)
        {
            StatementId id = given.Statement.Id;
            EntryId name = new($"{id}-{paidBack.Count}-{paidBack.GetValueOrDefault(id, 0.Eur).MinorUnits}");
            paidBack[id] = paidBack.GetValueOrDefault(id, 0.Eur) + amount;
            accounts.Receive(name, given.Statement.Contract, Blog, amount, accounts.Through, claim: id);
        }

        private void Remit(int month)
        {
            if (RemittancePlan.Of(Terms(), Given, remittances, After(month + 1)).Remittance is { } made)
            {
                Post(made);
            }
        }

        // Of the newest, and an old one comes back.
        private void Answer(int month)
        {
            foreach (RemittanceState state in remittances.Remittances.Where(static r => r.IsInTransit).ToList())
            {
                if (world.Answers[month] > 0)
                {
                    Post(RemittanceAnswer.Of(
                        state.Remittance.Id, (RemittanceResult)(world.Answers[month] - 1), After(month + 1)));
                }
            }

            int old = world.Returns[month];
            if (old < remittances.Remittances.Count && remittances.Remittances[old].IsConfirmed)
            {
                RemittanceId id = remittances.Remittances[old].Remittance.Id;
                Post(RemittanceAnswer.Of(id, RemittanceResult.Returned, After(month + 1)));
            }
        }

        private void Post(CampaignRecord record)
        {
            remittances.Apply(record);
            accounts.Post(record);
        }

        // What is payable and what is asked for, in the accounts, is what statements and remittances leave of it.
        private void Check()
        {
            RemittancePart[] standing =
            [
                .. remittances.Remittances.Where(static r => r.IsStanding).SelectMany(static r => r.Remittance.Parts),
            ];
            foreach (string contract in Contracts)
            {
                PayableStatement[] own = [.. statements.Where(s => s.Statement.Contract == new ContractId(contract))];
                Money left = own.Where(s => !Array.Exists(standing, p => p.Statement == s.Statement.Id))
                    .Aggregate(0.Eur, static (sum, s) => sum + s.Statement.Payable);
                Money open = own.Aggregate(0.Eur, (sum, s) => sum + Money.Max(OpenOf(s), 0.Eur));
                Money over = own.Aggregate(0.Eur, (sum, s) => sum + Money.Min(OpenOf(s), 0.Eur));
                Money Balance(AccountKind kind) => accounts.BalanceOf(new(new(contract), Blog, kind, Currency.Eur));
                Balance(AccountKind.Payable).Should().Be(left - over);
                Balance(AccountKind.Claimed).Should().Be(-open);
                Balance(AccountKind.ClawbackDue).Should().Be(0.Eur, "all of it is claimed");
            }
        }

        private Money OpenOf(PayableStatement given) => remittances.Remittances.Where(static r => r.IsStanding)
            .SelectMany(static r => r.Remittance.Parts)
            .Where(p => p.Statement == given.Statement.Id && given.Statement.Claimed is not null)
            .Aggregate(
                (given.Statement.Claimed ?? 0.Eur) - paidBack.GetValueOrDefault(given.Statement.Id, 0.Eur),
                static (sum, p) => sum + p.Amount);
    }
}
