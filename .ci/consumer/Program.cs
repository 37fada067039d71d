using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Testing;

// Runs against the packed packages, as a user of them would: a contract, a click, a sale, a statement.
ContractDraft contract = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
    .In(Currency.Eur, timeZone: "Europe/Berlin")
    .Pays("sale", Pay.RevenueShare(12.Percent).CappedAt(80.Eur));

new ContractScenario(contract)
    .At("2026-03-01 09:00").Click("p-blog", "c1")
    .At("2026-03-03 12:00").Outcome("sale", "c1", 1_000.Eur)
    .ExpectEarned("p-blog", "80.00 EUR")
    .ExpectStatement("2026-03", "80.00 EUR");

Console.WriteLine("The packages work: p-blog gets 80.00 EUR for 2026-03.");
