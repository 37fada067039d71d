using NodaTime;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/send-signed-postbacks.md.</summary>
public sealed class Pm1Snippets
{
    [Fact]
    public void Send_and_receive()
    {
        string secret = "cG0xLXZlY3RvcnMtc2VjcmV0LTMyLWJ5dGVzLWxvbmc=";
        string nonce = "3q2-7wAAAAAAAAAA";
        Instant paidAt = Instant.FromUtc(2026, 3, 3, 11, 59);
        Instant now = Instant.FromUtc(2026, 3, 3, 12, 0);

        #region sign
        ProofKey key = Pm1.Key(new("partner-7-2026"), secret);
        string query = Pm1.Sign(key, new()
        {
            Contract = new("acme-2026"),
            Kind = "order-paid",
            EventId = new("order-1001"),
            OccurredAt = paidAt,
            IssuedAt = now,
            Nonce = nonce,
            Fields = [new("amount", "19999"), new("currency", "EUR")],
        });
        #endregion

        #region receive
        EvidenceInput input = new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.Pm1,
            Request = new("GET", $"https://host.example/postback?{query}"),
            ReceivedAt = now,
        };

        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(input, new KeyRing(key));
        #endregion

        verdict.IsValid.Should().BeTrue();
        verdict.Claims.Should().Contain(new EvidenceClaim("amount", "19999"));
    }
}
