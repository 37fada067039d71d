using PerfMarketing.Monetary;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;

namespace PerfMarketing.Tests.Workflows;

/// <summary>What a host that pays by wrong terms is told, and when.</summary>
public sealed class RemittanceTermsTests
{
    [Fact]
    public async Task Wrong_terms_are_refused_before_anything_is_read_or_asked()
    {
        MemoryPayments bank = new() { Decide = static _ => throw new InvalidOperationException("The bank was asked.") };
        MemoryLedger ledger = new();
        RemittanceWorkflow workflow = new(ledger, bank);
        RemittanceTerms[] wrong =
        [
            Terms() with { Payee = default },
            Terms() with { Currency = default },
            Terms() with { Minimum = -5.Eur },
            Terms() with { Fee = new() { Fixed = 1m.Usd } },
        ];

        foreach (RemittanceTerms terms in wrong)
        {
            Func<Task> remit = async () => await workflow.RemitAsync(terms, [.. Chain("a", 100)], After(1), default);
            (await remit.Should().ThrowAsync<ArgumentException>()).WithMessage("The terms are wrong. *");
        }

        ledger.Outbox.Should().BeEmpty();
    }
}
