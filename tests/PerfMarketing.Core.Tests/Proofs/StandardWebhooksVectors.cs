namespace PerfMarketing.Tests.Proofs;

/// <summary>Signed messages and what is to be said of them.</summary>
public static class StandardWebhooksVectors
{
    internal const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    internal const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    internal const string Sent = "1614265330";
    internal const string Body = "{\"test\": 2432232314}";
    internal const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    internal const string Asymmetric =
        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

    // Source: vectors/standard-webhooks.json, v1. Columns: name, secrets parted by a space, id, timestamp, body,
    // signatures, time of receipt in seconds, reason (null when the message is valid). A missing header is null.
    public static TheoryData<string, string, string?, string?, string, string?, long, string?> Symmetric => new()
    {
        { "sign-known-answer", Secret, Id, Sent, Body, Signature, 1_614_265_330, null },
        { "secret-without-prefix", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Id, Sent, Body, Signature, 1_614_265_330, null },
        {
            "multi-signature-rotation", Secret, Id, Sent, Body,
            "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= "
            + "v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= "
            + Signature
            + " v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=",
            1_614_265_330, null
        },
        { "tolerance-edge-past", Secret, Id, Sent, Body, Signature, 1_614_265_630, null },
        { "too-old", Secret, Id, Sent, Body, Signature, 1_614_265_631, "proof.too-old" },
        { "too-new", Secret, Id, Sent, Body, Signature, 1_614_265_029, "proof.too-new" },
        { "missing-id", Secret, null, Sent, Body, Signature, 1_614_265_330, "proof.missing-header" },
        { "missing-timestamp", Secret, Id, null, Body, Signature, 1_614_265_330, "proof.missing-header" },
        { "missing-signature", Secret, Id, Sent, Body, null, 1_614_265_330, "proof.missing-header" },
        { "timestamp-not-integer", Secret, Id, "hello", Body, Signature, 1_614_265_330, "proof.bad-timestamp" },
        {
            "timestamp-malformed:1614265330.0", Secret, Id, "1614265330.0", Body, Signature, 1_614_265_330,
            "proof.bad-timestamp"
        },
        {
            "timestamp-malformed:1614265330 ", Secret, Id, "1614265330 ", Body, Signature, 1_614_265_330,
            "proof.bad-timestamp"
        },
        {
            "timestamp-malformed:+1614265330", Secret, Id, "+1614265330", Body, Signature, 1_614_265_330,
            "proof.bad-timestamp"
        },
        {
            "timestamp-malformed:0x60378932", Secret, Id, "0x60378932", Body, Signature, 1_614_265_330,
            "proof.bad-timestamp"
        },
        {
            "timestamp-malformed:99999999999999999999", Secret, Id, "99999999999999999999", Body, Signature,
            1_614_265_330, "proof.bad-timestamp"
        },
        { "timestamp-malformed:-1", Secret, Id, "-1", Body, Signature, 1_614_265_330, "proof.bad-timestamp" },
        {
            "timestamp-malformed:\u0967\u096c\u0967\u096a\u0968\u096c\u096b\u0969\u0969\u0966", Secret, Id,
            "\u0967\u096c\u0967\u096a\u0968\u096c\u096b\u0969\u0969\u0966", Body, Signature, 1_614_265_330,
            "proof.bad-timestamp"
        },
        { "timestamp-malformed:", Secret, Id, "", Body, Signature, 1_614_265_330, "proof.bad-timestamp" },
        { "signature-garbage", Secret, Id, Sent, Body, "v1,dawfeoifkpqwoekfpqoekf", 1_614_265_330, "proof.no-match" },
        { "signature-partial", Secret, Id, Sent, Body, "v1,g0hM9", 1_614_265_330, "proof.no-match" },
        { "signature-empty", Secret, Id, Sent, Body, "v1,", 1_614_265_330, "proof.no-match" },
        {
            "signature-one-char-changed", Secret, Id, Sent, Body, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=",
            1_614_265_330, "proof.no-match"
        },
        {
            "only-v2-scheme", Secret, Id, Sent, Body, "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            1_614_265_330, "proof.no-supported-scheme"
        },
        { "empty-secret", "", Id, Sent, Body, Signature, 1_614_265_330, "proof.configuration-error" },
        { "prefix-only-secret", "whsec_", Id, Sent, Body, Signature, 1_614_265_330, "proof.configuration-error" },
        { "body-reserialized", Secret, Id, Sent, "{\"test\":2432232314}", Signature, 1_614_265_330, "proof.no-match" },
        { "id-swapped", Secret, "msg_other", Sent, Body, Signature, 1_614_265_330, "proof.no-match" },
        { "empty-body", Secret, Id, Sent, "", "v1,v48jdbgvh29KJz2Qc+ghw8G6vG3nAKnujWBg8oM/62A=", 1_614_265_330, null },
        {
            "unpadded-secret-1", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", Id, Sent, Body,
            "v1,LVOXivKoo4FWasi/IaHvzhE/u+7/cu2AME+zS/nXqzk=", 1_614_265_330, null
        },
        {
            "unpadded-secret-2", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwBr", Id, Sent, Body,
            "v1,yK2tMbA6BHPrMEJ1lLv7UlJJbgFoqGenJkiajZ29evg=", 1_614_265_330, null
        },
        {
            "verifier-key-ring-old-key",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", Id, Sent, Body,
            "v1,78nXHjpFP0tVJQW5D0SBwmVyyW87BV/rL6MgfM/Bw44=", 1_614_265_330, null
        },
        {
            "verifier-old-key-retired", Secret, Id, Sent, Body, "v1,78nXHjpFP0tVJQW5D0SBwmVyyW87BV/rL6MgfM/Bw44=",
            1_614_265_330, "proof.no-match"
        },
        {
            "dot-ambiguity", Secret, "msg.1", Sent, Body, "v1,g84Fr48iNUfeALcCN2LRQhSXJZ7Hs8lJ7kFx76VJCDU=",
            1_614_265_330, "proof.bad-id"
        },
    };

    // Source: vectors/standard-webhooks.json, v1a: Ed25519, which only an adapter verifies. Columns: name, key as text,
    // id, body, signatures, reason. A v1 signature in the header is still judged, by the key that is not its own.
    public static TheoryData<string, string, string, string, string, string> Ed25519 => new()
    {
        {
            "v1a-known-answer", "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", Id, Body, Asymmetric,
            "proof.unsupported"
        },
        {
            "v1a-mixed-with-v1", "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", Id, Body,
            "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= "
            + "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
            "proof.no-match"
        },
        {
            "v1a-tampered-body", "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", Id, "{\"test\": 2432232315}",
            Asymmetric, "proof.unsupported"
        },
        {
            "v1a-other-id", "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", "msg_x", Body, Asymmetric,
            "proof.unsupported"
        },
        {
            "v1a-sent-as-v1", "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", Id, Body,
            "v1,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
            "proof.no-match"
        },
        {
            "v1a-truncated", "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", Id, Body,
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TB",
            "proof.unsupported"
        },
        {
            "v1a-secret-key-given-as-public",
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==", Id, Body,
            Asymmetric, "proof.unsupported"
        },
    };
}
