using System.Globalization;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>Two campaigns by standard policies, with messages that were signed and verified.</summary>
public sealed class SignedSampleTests
{
    [Fact]
    public void Logs_hold_what_the_verifier_says_of_signed_messages()
    {
        KeptFile.ShouldBe($"{SignedSamples.Orders}/events.jsonl", SignedSamples.OrderLog());
        KeptFile.ShouldBe($"{SignedSamples.Payments}/events.jsonl", SignedSamples.PaymentLog());
    }

    [Theory]
    [InlineData("sale-proven", "10.00 EUR")]
    [InlineData("sale-bare", "proof.claim-not-covered (claim: amount)")]
    [InlineData("sale-silent", "proof.expired")]
    [InlineData("sale-forged", "proof.no-match")]
    [InlineData("sale-dear", "proof.claim-differs (claim: amount)")]
    [InlineData("sale-word", "proof.too-weak")]
    [InlineData("sale-open", "pending")]
    public void Orders_pay_what_the_shop_signed(string outcome, string expected) =>
        Explain(SignedSamples.Orders, outcome).Should().Contain(expected);

    [Theory]
    [InlineData("rate-1", "30.00 EUR")]
    [InlineData("rate-2", "proof.expired")]
    [InlineData("rate-3", "proof.claim-not-covered (claim: instalment)")]
    [InlineData("rate-4", "proof.replay (outcome: rate-1)")]
    [InlineData("rate-5", "proof.claim-not-covered (claim: amount)")]
    [InlineData("rate-6", "pending")]
    public void Payments_pay_what_the_provider_signed(string outcome, string expected) =>
        Explain(SignedSamples.Payments, outcome).Should().Contain(expected);

    [Theory]
    [InlineData(SignedSamples.Orders)]
    [InlineData(SignedSamples.Payments)]
    public void Settling_prints_the_kept_page(string folder) =>
        KeptFile.ShouldBe($"{folder}/expected.txt", Run("settle", Terms(folder), "--events", Events(folder)));

    private static string Terms(string folder) => Path.Combine(KeptFile.Root, folder, "campaign.json");

    private static string Events(string folder) => Path.Combine(KeptFile.Root, folder, "events.jsonl");

    private static string Explain(string folder, string outcome) =>
        Run("explain", Terms(folder), "--events", Events(folder), "--outcome", outcome);

    private static string Run(params string[] words)
    {
        using StringWriter printed = new(CultureInfo.InvariantCulture);
        using StringWriter complained = new(CultureInfo.InvariantCulture);
        ToolConsole console = new(printed, complained, IsTerminal: false);
        Entry.Run(words, console, new ToolActions(console)).Should().Be(ExitCodes.Done, complained.ToString());
        return printed.ToString().ReplaceLineEndings("\n");
    }
}
