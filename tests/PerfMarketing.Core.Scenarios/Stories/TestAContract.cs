using PerfMarketing.Monetary;
using PerfMarketing.Testing;

namespace PerfMarketing.Scenarios.Stories;

/// <summary>Story 6: a test suite checks the logic of a contract.</summary>
public sealed class TestAContract
{
    [Fact]
    public void Credit_is_shared_and_settled() =>
        new ContractScenario(Acme.Draft())
            .At("2026-03-01 09:00").Click("p-blog", "cust-1")
            .At("2026-03-02 09:00").Click("p-mail", "cust-1")
            .At("2026-03-03 12:00").Outcome("sale", "cust-1", 200.Eur).ExpectPending("order-paid")
            .At("2026-03-17 12:00").Proven("order-paid", "psp-991")
            .ExpectEarned("p-blog", "12.00 EUR").ExpectEarned("p-mail", "12.00 EUR")
            .ExpectStatement("2026-03", "24.00 EUR");

    [Fact]
    public void Wrong_expectation_shows_what_a_statement_would_show()
    {
        ContractScenario scenario = new ContractScenario(Acme.Draft())
            .At("2026-03-01 09:00").Click("p-blog", "cust-1").Outcome("sale", "cust-1", 1_000.Eur)
            .Proven("order-paid", "psp-991");

        scenario.Invoking(s => s.ExpectEarned("p-blog", "120.00 EUR")).Should().Throw<ScenarioFailedException>()
            .WithMessage("*expected: 120.00 EUR*actual:   80.00 EUR*cap -40.00 EUR*");
    }
}
