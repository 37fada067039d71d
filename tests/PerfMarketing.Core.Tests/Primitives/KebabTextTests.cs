using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Primitives;

public sealed class KebabTextTests
{
    [Theory]
    [InlineData("one word", "sale", true)]
    [InlineData("hyphens", "in-app-event", true)]
    [InlineData("digits after a letter", "sub-id-10", true)]
    [InlineData("an integrator's prefix", "acme.weekend-bonus", true)]
    [InlineData("empty", "", false)]
    [InlineData("capital", "Sale", false)]
    [InlineData("starts with a digit", "1st", false)]
    [InlineData("starts with a hyphen", "-sale", false)]
    [InlineData("ends with a hyphen", "sale-", false)]
    [InlineData("two hyphens", "in--app", false)]
    [InlineData("hyphen after a dot", "acme.-x", false)]
    [InlineData("space", "in app", false)]
    [InlineData("underscore", "in_app", false)]
    [InlineData("letter outside ASCII", "verkäufe", false)]
    public void A_code_is_lower_case_words(string reason, string text, bool valid) =>
        KebabText.IsValid(text).Should().Be(valid, reason);

    [Fact]
    public void A_code_has_a_bound() =>
        (KebabText.IsValid(new string('a', 64)), KebabText.IsValid(new string('a', 65))).Should().Be((true, false));
}
