using System.Text;
using PerfMarketing.Identity;

namespace PerfMarketing.Tests.Identity;

public sealed class CustomerPseudonymsTests
{
    private const string KeyText = "not-a-secret-but-long-enough";

    private static byte[] Key => Encoding.ASCII.GetBytes(KeyText);

    // Source: Python's hmac over "pm-pseudonym-1\nacme\nemail\nann@example.org" and "…\nphone\n+4930123456".
    [Fact]
    public void Pseudonyms_have_known_answers()
    {
        using CustomerPseudonyms pseudonyms = Make();

        pseudonyms.FromEmail("ann@example.org").Value.Should().Be("p1.k1.eI2pKyb93GpQGmt8SWbTbfq7FYJhLMeKel5EzqUv97Y");
        pseudonyms.FromPhone("+49 (30) 123-456").Value.Should().Be("p1.k1.Yqx9g0guQ1x2xKSZ0l7g9b_uFciGkj5mgX2PRqnGy2U");
    }

    [Theory]
    [InlineData(EmailLocalPart.LowerCase, " Ann@Example.ORG\t", "ann@example.org", true)]
    [InlineData(EmailLocalPart.LowerCase, "a.nn@example.org", "ann@example.org", false)]
    [InlineData(EmailLocalPart.LowerCase, "ann+shop@example.org", "ann@example.org", false)]
    [InlineData(EmailLocalPart.AsWritten, "Ann@Example.ORG", "Ann@example.org", true)]
    [InlineData(EmailLocalPart.AsWritten, "Ann@example.org", "ann@example.org", false)]
    [InlineData(EmailLocalPart.LowerCaseWithoutTag, "Ann+shop+x@example.org", "ann@example.org", true)]
    [InlineData(EmailLocalPart.LowerCaseWithoutTag, "a.nn@example.org", "ann@example.org", false)]
    [InlineData(EmailLocalPart.LowerCaseWithoutTag, "+ann@example.org", "@example.org", false)]
    public void Addresses_are_normalised_by_the_policy(EmailLocalPart policy, string left, string right, bool same)
    {
        using CustomerPseudonyms pseudonyms = new(new("k1"), Key, "acme", policy);

        pseudonyms.TryFromEmail(left, out CustomerId a).Should().BeTrue();
        (pseudonyms.TryFromEmail(right, out CustomerId b) && a == b).Should().Be(same);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("@example.org")]
    [InlineData("ann@")]
    [InlineData("ann@@example.org")]
    [InlineData("ann@example@org")]
    [InlineData("an n@example.org")]
    [InlineData("ann@example.org\nphone")]
    [InlineData(null)]
    public void What_is_no_address_has_no_pseudonym(string? text)
    {
        using CustomerPseudonyms pseudonyms = Make();

        pseudonyms.TryFromEmail(text, out CustomerId customer).Should().BeFalse();
        customer.IsUnset.Should().BeTrue();
        FluentActions.Invoking(() => pseudonyms.FromEmail(text!)).Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData("+4930123456", true)]
    [InlineData("+49-30/12.34 56", true)]
    [InlineData("004930123456", false)]
    [InlineData("030123456", false)]
    [InlineData("+030123456", false)]
    [InlineData("+49301", false)]
    [InlineData("+1234567890123456", false)]
    [InlineData("+49 30 CALL", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Phone_numbers_are_international(string? text, bool valid)
    {
        using CustomerPseudonyms pseudonyms = Make();

        pseudonyms.TryFromPhone(text, out CustomerId customer).Should().Be(valid);
        (customer == pseudonyms.FromPhone("+4930123456")).Should().Be(valid);
    }

    [Fact]
    public void Another_key_or_purpose_cannot_be_linked()
    {
        using CustomerPseudonyms one = Make();
        using CustomerPseudonyms otherKey = new(new("k1"), [.. Key, 1], "acme");
        using CustomerPseudonyms otherPurpose = new(new("k1"), Key, "globex");
        CustomerId[] all =
        [
            one.FromEmail("ann@example.org"),
            otherKey.FromEmail("ann@example.org"),
            otherPurpose.FromEmail("ann@example.org"),
        ];

        all.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_pseudonym_names_its_key()
    {
        using CustomerPseudonyms pseudonyms = new(new("2026.eu-1"), Key, "acme");

        CustomerPseudonyms.TryGetKeyId(pseudonyms.FromEmail("ann@example.org"), out KeyId keyId).Should().BeTrue();
        keyId.Should().Be(new KeyId("2026.eu-1"));
        CustomerPseudonyms.TryGetKeyId(new("p1.4711"), out _).Should().BeFalse();
        CustomerPseudonyms.TryGetKeyId(default, out _).Should().BeFalse();
    }

    [Fact]
    public void The_longest_key_id_still_fits()
    {
        using CustomerPseudonyms pseudonyms = new(new(new string('k', CustomerPseudonyms.KeyIdLengthMax)), Key, "acme");

        pseudonyms.FromEmail("ann@example.org").Value.Should().HaveLength(Identifier.LengthMax);
    }

    [Fact]
    public void Weak_keys_and_odd_names_are_refused()
    {
        Action[] makes =
        [
            static () => new CustomerPseudonyms(new("k1"), Key.AsSpan(0, 23), "acme").Dispose(),
            static () => new CustomerPseudonyms(new(new string('k', 18)), Key, "acme").Dispose(),
            static () => new CustomerPseudonyms(new("k@1"), Key, "acme").Dispose(),
            static () => new CustomerPseudonyms(new("k1"), Key, "acme\nemail").Dispose(),
        ];
        foreach (Action make in makes)
        {
            make.Should().Throw<ArgumentException>();
        }
    }

    [Fact]
    public void Nothing_shows_the_key_and_disposing_wipes_it()
    {
        CustomerPseudonyms pseudonyms = Make();

        pseudonyms.ToString().Should().NotContain(KeyText);
        typeof(CustomerPseudonyms).GetProperties().Should().OnlyContain(static p => p.Name == "KeyId");
        pseudonyms.Dispose();
        FluentActions.Invoking(() => pseudonyms.FromEmail("ann@example.org")).Should().Throw<ObjectDisposedException>();
        pseudonyms.Dispose();
    }

    private static CustomerPseudonyms Make() => new(new("k1"), Key, "acme");
}
